using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>Methods marked <c>[TrainingEntryPoint]</c>.</summary>
internal sealed class TrainingEntryPoints(MlNetSymbols symbols)
{
    private readonly INamedTypeSymbol? mark = symbols.Type("MlOps.Build.Annotations.TrainingEntryPointAttribute");

    /// <summary>True for code of a marked method; <paramref name="member"/> is the member in which it stands.</summary>
    public bool Contain(ISymbol member)
    {
        if (mark is not null)
        {
            foreach (var attribute in member.GetAttributes())
            {
                if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, mark))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
