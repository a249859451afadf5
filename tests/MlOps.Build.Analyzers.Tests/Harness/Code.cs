using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace MlOps.Build.Analyzers.Tests.Harness;

/// <summary>A small project in memory, and what the rule says about it.</summary>
internal sealed class Code
{
    public const string FileName = "/repo/project/Code.cs";
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading.Tasks;
        global using Microsoft.ML;
        global using Microsoft.ML.Data;
        global using Microsoft.ML.Trainers;
        """;

    private readonly AdhocWorkspace workspace = new();

    public Code(params IReadOnlyList<(string Path, string Text)> files)
    {
        Project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Code", "Code", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            metadataReferences: MlNet.With));
        Add("/repo/project/Usings.cs", Usings);
        foreach (var (path, text) in files)
        {
            Add(path, text);
        }
    }

    public Project Project { get; private set; }

    /// <summary>Code that is being typed does not compile; the rules must bear it.</summary>
    public bool MayBeBroken { get; init; }

    public Code WithoutMlNet()
    {
        Project = Project.WithMetadataReferences(MlNet.Without);
        return this;
    }

    public Code WithTopLevelStatements()
    {
        Project = Project.WithCompilationOptions(new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        return this;
    }

    public Code With(string path, string settings)
    {
        Project = Project.AddAnalyzerConfigDocument(path, SourceText.From(settings), filePath: path).Project;
        return this;
    }

    public async Task<ImmutableArray<Diagnostic>> Findings<TRule>()
        where TRule : DiagnosticAnalyzer, new() =>
        await FindingsIn<TRule>(Project, MayBeBroken);

    public static async Task<ImmutableArray<Diagnostic>> FindingsIn<TRule>(Project project, bool mayBeBroken)
        where TRule : DiagnosticAnalyzer, new()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var compilation = (await project.GetCompilationAsync(cancellation))!;
        if (!mayBeBroken)
        {
            Assert.Empty(compilation.GetDiagnostics(cancellation).Where(finding => finding.Severity == DiagnosticSeverity.Error));
        }

        // A rule that is off by default is switched on by the team that wants it.
        var off = new TRule().SupportedDiagnostics.Where(rule => !rule.IsEnabledByDefault);
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
            compilation.Options.SpecificDiagnosticOptions.SetItems(off.Select(rule => KeyValuePair.Create(rule.Id, ReportDiagnostic.Warn)))));
        var options = new CompilationWithAnalyzersOptions(
            project.AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var all = await compilation.WithAnalyzers([new TRule()], options).GetAnalyzerDiagnosticsAsync(cancellation);

        // AD0001: the rule threw.
        Assert.DoesNotContain(all, finding => finding.Id == "AD0001");
        return [.. all.OrderBy(finding => finding.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(finding => finding.Location.SourceSpan.Start)];
    }

    private void Add(string path, string text) =>
        Project = Project.AddDocument(Path.GetFileName(path), SourceText.From(text), filePath: path).Project;
}
