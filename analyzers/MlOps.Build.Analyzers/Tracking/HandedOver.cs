using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Tracking;

/// <summary>Models and metrics that are given to other types of the project, which may well record or register them.</summary>
internal sealed class HandedOver(MlNetSymbols symbols)
{
    private readonly INamedTypeSymbol? transformer = symbols.Type("Microsoft.ML.ITransformer");

    public bool Model(IMethodSymbol entry, Reached reached) => IsGiven(entry, reached, IsModel);

    public static bool Metrics(IMethodSymbol entry, Reached reached) => IsGiven(entry, reached, static type =>
        type.Name.EndsWith("Metrics", StringComparison.Ordinal) && type.ContainingNamespace is { Name: "Data", ContainingNamespace.Name: "ML" });

    private static bool IsGiven(IMethodSymbol entry, Reached reached, Func<ITypeSymbol, bool> isMeant)
    {
        foreach (var call in reached.Calls)
        {
            // What its own type does with them is followed.
            if (call.TargetMethod.DeclaringSyntaxReferences.IsEmpty
                || SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType.OriginalDefinition, entry.ContainingType.OriginalDefinition))
            {
                continue;
            }

            foreach (var argument in call.Arguments)
            {
                var value = argument.Value is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : argument.Value;
                if (value.Type is { } type && isMeant(type))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsModel(ITypeSymbol type)
    {
        if (SymbolEqualityComparer.Default.Equals(type, transformer))
        {
            return true;
        }

        foreach (var candidate in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(candidate, transformer))
            {
                return true;
            }
        }

        return false;
    }
}
