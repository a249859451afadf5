using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOps.Build.Analyzers.CodeFixes;

/// <summary>Makes a type reachable by its short name.</summary>
internal static class Usings
{
    public static bool Reach(SemanticModel model, int position, INamedTypeSymbol type) =>
        model.LookupNamespacesAndTypes(position, name: type.Name).Contains(type, SymbolEqualityComparer.Default);

    public static SyntaxNode Add(SyntaxNode root, INamespaceSymbol wanted)
    {
        if (root is not CompilationUnitSyntax unit)
        {
            return root;
        }

        var name = wanted.ToDisplayString();
        var line = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(name).WithLeadingTrivia(SyntaxFactory.Space))
            .WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"));
        if (unit.Usings.Count > 0)
        {
            return unit.AddUsings(line.WithTrailingTrivia(unit.Usings.Last().GetTrailingTrivia().Where(
                static part => part.IsKind(SyntaxKind.EndOfLineTrivia))));
        }

        // What stands above the first type, such as a licence, stays at the top.
        var above = unit.GetLeadingTrivia();
        return unit.WithoutLeadingTrivia().AddUsings(line.WithLeadingTrivia(above).WithTrailingTrivia(
            SyntaxFactory.EndOfLine("\n"), SyntaxFactory.EndOfLine("\n")));
    }
}
