using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>Prediction engines, which one thread at a time may use, and what hands one out to everybody.</summary>
internal sealed class EngineTypes(MlNetSymbols symbols)
{
    private readonly INamedTypeSymbol? engine = symbols.Type("Microsoft.ML.PredictionEngineBase`2");
    private readonly INamedTypeSymbol? lazy = symbols.Type("System.Lazy`1");

    public bool IsEngine(ITypeSymbol? type)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, engine))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An engine, or a Lazy of one.</summary>
    public bool HoldsEngine(ITypeSymbol? type) =>
        IsEngine(type)
        || (type is INamedTypeSymbol { TypeArguments: { Length: 1 } held }
            && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, lazy)
            && IsEngine(held[0]));
}
