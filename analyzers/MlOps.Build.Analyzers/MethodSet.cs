using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers;

/// <summary>Methods by symbol: looked up by name once, compared by identity ever after.</summary>
internal sealed class MethodSet
{
    private readonly HashSet<ISymbol> methods = new(SymbolEqualityComparer.Default);

    public MethodSet Add(INamedTypeSymbol? type, params string[] names)
    {
        if (type is not null)
        {
            foreach (var name in names)
            {
                foreach (var member in type.GetMembers(name))
                {
                    if (member is IMethodSymbol)
                    {
                        methods.Add(member);
                    }
                }
            }
        }

        return this;
    }

    public bool Contains(IMethodSymbol method) => methods.Contains((method.ReducedFrom ?? method).OriginalDefinition);
}
