using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>What a lambda uses from the method around it.</summary>
internal static class Captures
{
    /// <summary>The first variable that the lambda does not declare itself; null when it has none, or is no lambda.</summary>
    public static string? FirstOf(IOperation mapping)
    {
        var value = LocalFlow.Origin(mapping);
        if ((value is IDelegateCreationOperation creation ? creation.Target : value) is not IAnonymousFunctionOperation lambda)
        {
            return null;
        }

        foreach (var operation in lambda.Body.Descendants())
        {
            ISymbol? used = operation switch
            {
                ILocalReferenceOperation { Local.IsConst: false } local => local.Local,
                IParameterReferenceOperation parameter => parameter.Parameter,
                _ => null,
            };
            if (used is { DeclaringSyntaxReferences: { IsEmpty: false } places } && !lambda.Syntax.Span.Contains(places[0].Span))
            {
                return used.Name;
            }
        }

        return null;
    }
}
