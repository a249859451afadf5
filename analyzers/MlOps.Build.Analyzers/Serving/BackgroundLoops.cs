using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>Hosted services that only run their own loop: one thread at a time comes by, though they are singletons.</summary>
internal sealed class BackgroundLoops(MlNetSymbols symbols)
{
    private readonly INamedTypeSymbol? service = symbols.Type("Microsoft.Extensions.Hosting.BackgroundService");

    /// <summary>True for what is private in a background service whose methods nobody else calls.</summary>
    public bool Keep(ISymbol member)
    {
        if (service is null || member.DeclaredAccessibility != Accessibility.Private || !IsService(member.ContainingType))
        {
            return false;
        }

        foreach (var other in member.ContainingType.GetMembers())
        {
            if (other is IMethodSymbol { MethodKind: not (MethodKind.Constructor or MethodKind.StaticConstructor), IsOverride: false, IsImplicitlyDeclared: false }
                && other.DeclaredAccessibility is not Accessibility.Private)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsService(INamedTypeSymbol type)
    {
        for (var candidate = type.BaseType; candidate is not null; candidate = candidate.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(candidate, service))
            {
                return true;
            }
        }

        return false;
    }
}
