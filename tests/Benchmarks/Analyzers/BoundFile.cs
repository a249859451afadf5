using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Benchmarks.Analyzers;

/// <summary>One method, or initializer: its operations, parents before children.</summary>
internal sealed record BoundBody(ISymbol Owner, IOperation Root, IReadOnlyList<IOperation> Operations);

/// <summary>One program of the corpus, bound.</summary>
internal sealed record BoundFile(string Name, int Lines, IReadOnlyList<INamedTypeSymbol> Types, IReadOnlyList<ISymbol> Symbols, IReadOnlyList<BoundBody> Bodies)
{
    private const string Usings = "global using System;global using System.Collections.Generic;global using System.IO;global using System.Linq;global using System.Net.Http;"
        + "global using System.Threading;global using System.Threading.Tasks;";

    /// <summary>All programs of the corpus in one compilation, each in a namespace of its own.</summary>
    public static (Compilation Compilation, IReadOnlyList<BoundFile> Files) ReadAll()
    {
        var parsing = new CSharpParseOptions(LanguageVersion.Latest);
        var programs = CorpusFiles.Read();
        var trees = programs.Select((program, number) => CSharpSyntaxTree.ParseText(
            CorpusFiles.InNamespace(program.Text, number), parsing, string.Create(CultureInfo.InvariantCulture, $"/src/P{number}.cs"))).ToList();
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Corpus", [.. trees, CSharpSyntaxTree.ParseText(Usings, parsing, "/src/Usings.cs")], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        if (compilation.GetDiagnostics().FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error) is { } error)
        {
            throw new InvalidOperationException($"The corpus does not compile: {error}");
        }

        return (compilation, [.. trees.Select((tree, number) => Of(programs[number].Name, compilation.GetSemanticModel(tree)))]);
    }

    private static BoundFile Of(string name, SemanticModel model)
    {
        var symbols = new List<ISymbol>();
        var bodies = new List<BoundBody>();
        var roots = new HashSet<IOperation>();
        foreach (var node in model.SyntaxTree.GetRoot().DescendantNodes())
        {
            if (model.GetDeclaredSymbol(node) is { Kind: SymbolKind.NamedType or SymbolKind.Method or SymbolKind.Property or SymbolKind.Field } declared)
            {
                symbols.Add(declared);
            }

            if (model.GetOperation(node) is { Parent: null } root and not IAttributeOperation && roots.Add(root))
            {
                bodies.Add(new(model.GetEnclosingSymbol(node.SpanStart)!, root, [.. root.DescendantsAndSelf()]));
            }
        }

        return new(name, model.SyntaxTree.GetText().Lines.Count, [.. symbols.OfType<INamedTypeSymbol>()], symbols, bodies);
    }
}
