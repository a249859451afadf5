using System;
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
            foreach (var member in type.GetMembers())
            {
                if (member is IMethodSymbol && Array.IndexOf(names, member.Name) >= 0)
                {
                    methods.Add(member);
                }
            }
        }

        return this;
    }

    public bool Contains(IMethodSymbol method) => methods.Contains((method.ReducedFrom ?? method).OriginalDefinition);
}
