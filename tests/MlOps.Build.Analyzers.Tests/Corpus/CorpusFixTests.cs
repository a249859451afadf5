using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using MlOps.Build.Analyzers.Tests.Catalogue;

namespace MlOps.Build.Analyzers.Tests.Corpus;

/// <summary>Every fix that is offered in a program of the corpus leaves a program that compiles and is reported there no more.</summary>
public sealed class CorpusFixTests
{
    public static TheoryData<string> Areas => [.. CorpusProgram.Areas()];

    [Theory]
    [MemberData(nameof(Areas))]
    public async Task A_fix_leaves_a_program_that_compiles_and_has_one_finding_less(string area)
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var program in CorpusProgram.Of(area))
        {
            using var workspace = new AdhocWorkspace();
            var project = Open(workspace, program, cancellation);
            var before = await CorpusProgram.Findings((await project.GetCompilationAsync(cancellation))!, cancellation);

            // Names by nameof are the many; one of a program is enough.
            foreach (var finding in before.GroupBy(finding => finding.Id).SelectMany(some => some.Key == "MLOPS9001" ? some.Take(1) : some))
            {
                foreach (var action in await ActionsFor(project, finding, cancellation))
                {
                    var mended = await Mended(project, action, cancellation);
                    var errors = mended.GetDiagnostics(cancellation).Where(found => found.Severity == DiagnosticSeverity.Error);
                    Assert.True(!errors.Any(), $"{program.Name}, {finding}: {string.Join('\n', errors)}\n{mended.SyntaxTrees.First()}");

                    var after = await CorpusProgram.Findings(mended, cancellation);
                    Assert.True(
                        after.Count(found => found.Descriptor.Equals(finding.Descriptor)) < before.Count(found => found.Descriptor.Equals(finding.Descriptor)),
                        $"{program.Name}: after '{action.Title}' the finding stays: {finding}\n{mended.SyntaxTrees.First()}");
                }
            }
        }
    }

    private static Project Open(AdhocWorkspace workspace, CorpusProgram program, CancellationToken cancellation)
    {
        var compiled = program.Compiled(cancellation);
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, program.Name, program.Name, LanguageNames.CSharp,
            compilationOptions: compiled.Options, parseOptions: compiled.SyntaxTrees[0].Options, metadataReferences: compiled.References));
        foreach (var tree in compiled.SyntaxTrees)
        {
            project = project.AddDocument(Path.GetFileName(tree.FilePath), tree.GetText(cancellation), filePath: tree.FilePath).Project;
        }

        return project;
    }

    private static async Task<List<CodeAction>> ActionsFor(Project project, Diagnostic finding, CancellationToken cancellation)
    {
        var actions = new List<CodeAction>();
        var document = project.GetDocument(finding.Location.SourceTree)!;
        foreach (var fix in RuleCatalogue.Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(finding.Id)))
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action), cancellation));
        }

        return actions;
    }

    private static async Task<Compilation> Mended(Project project, CodeAction action, CancellationToken cancellation)
    {
        var operations = await action.GetOperationsAsync(cancellation);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
        return (await changed.GetCompilationAsync(cancellation))!;
    }
}
