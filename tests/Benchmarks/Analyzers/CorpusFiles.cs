using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MlOps.Build.Analyzers;

namespace MlOps.Build.Benchmarks.Analyzers;

/// <summary>The programs of the analyzers' corpus, and all of them as one project.</summary>
internal static class CorpusFiles
{
    public static IReadOnlyList<(string Name, string Text)> Read()
    {
        var folder = Path.Combine(BenchmarkPage.Root(), "tests", "MlOps.Build.Analyzers.Tests", "Corpus", "Programs");
        return [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (Path.GetRelativePath(folder, path), File.ReadAllText(path)))];
    }

    /// <summary>Every analyzer of ours.</summary>
    public static IReadOnlyList<DiagnosticAnalyzer> Rules()
        => [.. typeof(MlNetAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    /// <summary>A program in a namespace of its own; statements of the file become a method, since a project has one entry point.</summary>
    public static string InNamespace(string text, int number)
    {
        var root = CSharpSyntaxTree.ParseText(text, new(LanguageVersion.Latest)).GetCompilationUnitRoot();
        var statements = root.Members.OfType<GlobalStatementSyntax>().ToList();
        var types = root.Members.Where(member => member is not GlobalStatementSyntax).Select(member => member is FileScopedNamespaceDeclarationSyntax space
            ? $"namespace {space.Name}\n{{\n{space.Externs}{space.Usings.ToFullString()}{space.Members.ToFullString()}\n}}\n"
            : member.ToFullString());
        var body = string.Concat(statements.Select(statement => statement.ToFullString()));
        var answers = statements.SelectMany(statement => statement.DescendantNodes(node => node is not (LambdaExpressionSyntax or LocalFunctionStatementSyntax or AnonymousMethodExpressionSyntax)))
            .Any(node => node is ReturnStatementSyntax { Expression: not null });
        var method = statements.Count == 0 ? string.Empty
            : $"internal static class EntryPoint\n{{\n    public static async System.Threading.Tasks.Task{(answers ? "<int>" : string.Empty)} Run(string[] args)\n    {{\n{body}\n    }}\n}}\n";
        return string.Create(CultureInfo.InvariantCulture, $"namespace Program{number}\n{{\n{root.Usings.ToFullString()}\n{string.Concat(types)}{method}}}\n");
    }
}
