using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.Tests.Corpus;

/// <summary>A finding in a program of the corpus, as a line of the baseline shows it.</summary>
internal sealed record Report(string Program, string Id, string Severity, int Line, string Code)
{
    private const int MostCode = 100;

    /// <summary>What stays the same when lines move; equal reports are told apart by their order.</summary>
    public (string Program, string Id, string Severity, string Code) Key => (Program, Id, Severity, Code);

    public bool Disturbs => Severity is nameof(DiagnosticSeverity.Warning) or nameof(DiagnosticSeverity.Error);

    public static Report Of(string program, Diagnostic finding, string text)
    {
        var place = finding.Location.SourceSpan;
        var code = string.Join(' ', text.Substring(place.Start, place.Length).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new Report(
            program,
            finding.Id,
            $"{finding.Severity}",
            finding.Location.GetLineSpan().StartLinePosition.Line + 1,
            code.Length <= MostCode ? code : code[..MostCode] + "…");
    }
}
