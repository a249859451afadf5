using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOps.Build.Analyzers.CodeFixes.Serving;

/// <summary>The MLContext that code at some place can name.</summary>
internal static class ContextInScope
{
    /// <summary><c>ml</c> of <c>ml.Regression.Trainers.Sdca()</c>; null when the chain begins at a catalog.</summary>
    public static ExpressionSyntax? Of(ExpressionSyntax chain, SemanticModel model, INamedTypeSymbol context)
    {
        var current = chain;
        while (!SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(current).Type, context))
        {
            var before = current switch
            {
                InvocationExpressionSyntax call => call.Expression,
                MemberAccessExpressionSyntax access => access.Expression,
                _ => null,
            };
            if (before is null)
            {
                return null;
            }

            current = before;
        }

        // A call would be made a second time.
        return current.DescendantNodesAndSelf().Any(static node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax)
            ? null
            : current.WithoutTrivia();
    }

    /// <summary>The only variable or member of that type at the position; null when there is none, or a choice.</summary>
    public static ExpressionSyntax? At(int position, SemanticModel model, INamedTypeSymbol context)
    {
        var found = model.LookupSymbols(position).Where(symbol => SymbolEqualityComparer.Default.Equals(TypeOf(symbol), context)).ToList();
        var near = found.Where(static symbol => symbol.Kind is SymbolKind.Local or SymbolKind.Parameter).ToList();
        var chosen = near.Count == 1 ? near[0] : near.Count == 0 && found.Count == 1 ? found[0] : null;
        return chosen is null ? null : SyntaxFactory.IdentifierName(chosen.Name);
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };
}
