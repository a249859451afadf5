using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>Reads of the time of day. Stopwatches and tick counts measure durations and are left alone.</summary>
internal sealed class Clocks
{
    private readonly HashSet<ISymbol> properties = new(SymbolEqualityComparer.Default);
    private readonly MethodSet methods;

    public Clocks(MlNetSymbols symbols)
    {
        Add(symbols.Type("System.DateTime"), "Now", "UtcNow", "Today");
        Add(symbols.Type("System.DateTimeOffset"), "Now", "UtcNow");
        methods = symbols.Methods("System.TimeProvider", "GetUtcNow", "GetLocalNow");
    }

    public ISymbol? Read(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation property when properties.Contains(property.Property) => property.Property,
        IInvocationOperation call when methods.Contains(call.TargetMethod) => call.TargetMethod,
        _ => null,
    };

    private void Add(INamedTypeSymbol? type, params string[] names)
    {
        foreach (var name in names)
        {
            foreach (var member in type?.GetMembers(name) ?? [])
            {
                properties.Add(member);
            }
        }
    }
}
