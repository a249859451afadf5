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

    public async Task<IReadOnlyList<Report>> Reports(CancellationToken cancellation)
    {
        var tree = CSharpSyntaxTree.ParseText(
            Text, new CSharpParseOptions(LanguageVersion.Latest), path: $"/repo/project/{Name}.cs", cancellationToken: cancellation);
        var compilation = CSharpCompilation.Create(
            Name, [tree, ImplicitUsings], References(), new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        if (compilation.GetEntryPoint(cancellation) is null)
        {
            compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.DynamicallyLinkedLibrary));
        }

        Assert.Empty(compilation.GetDiagnostics(cancellation).Where(finding => finding.Severity == DiagnosticSeverity.Error));

        var found = await compilation.WithAnalyzers([.. RuleCatalogue.Rules]).GetAnalyzerDiagnosticsAsync(cancellation);

        // AD0001: a rule threw.
        Assert.DoesNotContain(found, finding => finding.Id == "AD0001");
        return [.. found
            .OrderBy(finding => finding.Location.SourceSpan.Start)
            .ThenBy(finding => finding.Id, StringComparer.Ordinal)
            .ThenBy(finding => finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal)
            .Select(finding => Report.Of(Name, finding, tree))];
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
