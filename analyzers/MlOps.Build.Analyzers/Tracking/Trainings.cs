using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.Tracking;

/// <summary>Whether a trainer is fitted among some calls.</summary>
internal sealed class Trainings(MlNetSymbols symbols)
{
    private readonly INamedTypeSymbol? estimator = symbols.Type("Microsoft.ML.IEstimator`1");

    public bool IsIn(Reached reached)
    {
        foreach (var call in reached.Calls)
        {
            if (call is { TargetMethod.Name: "Fit", Instance.Type: { } type } && IsEstimator(type))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsEstimator(ITypeSymbol type)
    {
        if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, estimator))
        {
            return true;
        }

        foreach (var candidate in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, estimator))
            {
                return true;
            }
        }

        return false;
    }
}
