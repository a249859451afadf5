using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using MlOps.Build.Analyzers.Tests.Catalogue;
using MlOps.Build.Analyzers.Tests.Harness;

namespace MlOps.Build.Analyzers.Tests.Corpus;

/// <summary>One program of the corpus: a file that is compiled alone, and what all rules together say of it.</summary>
internal sealed record CorpusProgram(string Area, string Name, string Text)
{
    public static readonly string Folder = Path.Combine(Repository.Root, "tests", "MlOps.Build.Analyzers.Tests", "Corpus");

    /// <summary>The compiler's word for a rule that threw.</summary>
    private const string Crash = "AD0001";

    private static readonly string Web = Path.GetDirectoryName(typeof(WebApplication).Assembly.Location)!;

    // A project without ASP.NET Core is judged differently, so a program gets what it names and no more.
    private static readonly Lazy<MetadataReference[]> AspNetCore = new(() => [.. Files("Microsoft.AspNetCore*.dll"), .. Files("Microsoft.Net.Http.Headers.dll")]);
    private static readonly Lazy<MetadataReference[]> Extensions = new(() => [.. Files("Microsoft.Extensions.*.dll")]);

    private static readonly MetadataReference Annotations =
        MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "MlOps.Build.Annotations.dll"));

    private static readonly SyntaxTree ImplicitUsings = CSharpSyntaxTree.ParseText(
        string.Concat(new[] { "", ".Collections.Generic", ".IO", ".Linq", ".Net.Http", ".Threading", ".Threading.Tasks" }
            .Select(space => $"global using System{space};\n")),
        path: "/repo/project/obj/Usings.g.cs");

    public static IEnumerable<string> Areas() =>
        Directory.EnumerateDirectories(Path.Combine(Folder, "Programs")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    public static IEnumerable<CorpusProgram> Of(string area) =>
        Directory.EnumerateFiles(Path.Combine(Folder, "Programs", area), "*.cs")
            .Order(StringComparer.Ordinal)
            .Select(file => new CorpusProgram(area, Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)));

    public CSharpCompilation Compiled(CancellationToken cancellation)
    {
        var compilation = CSharpCompilation.Create(
            Name, [Tree(Text), ImplicitUsings], References(), new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        if (compilation.GetEntryPoint(cancellation) is null)
        {
            compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.DynamicallyLinkedLibrary));
        }

        Assert.Empty(compilation.GetDiagnostics(cancellation).Where(finding => finding.Severity == DiagnosticSeverity.Error));
        return compilation;
    }

    public async Task<IReadOnlyList<Report>> Reports(CancellationToken cancellation)
    {
        var found = await Findings(Compiled(cancellation), cancellation);
        return [.. found
            .OrderBy(finding => finding.Location.SourceSpan.Start)
            .ThenBy(finding => finding.Id, StringComparer.Ordinal)
            .ThenBy(finding => finding.GetMessage(CultureInfo.InvariantCulture), StringComparer.Ordinal)
            .Select(finding => Report.Of(Name, finding, Text))];
    }

    public SyntaxTree Tree(string text) => CSharpSyntaxTree.ParseText(
        text, new CSharpParseOptions(LanguageVersion.Latest), path: $"/repo/project/{Name}.cs");

    /// <summary>What all rules say of it, and no rule threw.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Findings(Compilation compilation, CancellationToken cancellation)
    {
        var found = await compilation.WithAnalyzers([.. RuleCatalogue.Rules]).GetAnalyzerDiagnosticsAsync(cancellation);
        Assert.DoesNotContain(found, finding => finding.Id == Crash);
        return found;
    }

    private IEnumerable<MetadataReference> References() =>
    [
        .. MlNet.With,
        Annotations,
        .. Text.Contains("using Microsoft.AspNetCore", StringComparison.Ordinal) ? AspNetCore.Value : [],
        .. Text.Contains("using Microsoft.AspNetCore", StringComparison.Ordinal) || Text.Contains("using Microsoft.Extensions", StringComparison.Ordinal)
            ? Extensions.Value : [],
    ];

    private static IEnumerable<MetadataReference> Files(string pattern) =>
        Directory.EnumerateFiles(Web, pattern).Order(StringComparer.Ordinal).Select(path => MetadataReference.CreateFromFile(path));
}
