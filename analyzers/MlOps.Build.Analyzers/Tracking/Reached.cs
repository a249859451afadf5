using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Tracking;

/// <summary>The calls of a method and of what it calls in its own type.</summary>
internal sealed class Reached
{
    private readonly List<IMethodSymbol> methods = [];
    private readonly List<IInvocationOperation> calls = [];

    private Reached()
    {
    }

    /// <summary>Every method that is called or created, the constructors among them.</summary>
    public IReadOnlyList<IMethodSymbol> Methods => methods;

    public IReadOnlyList<IInvocationOperation> Calls => calls;

    /// <summary>Follows the calls from a method through its type.</summary>
    /// <param name="entry">The method to start from.</param>
    /// <param name="bodies">The bodies of the methods of its type.</param>
    public static Reached From(IMethodSymbol entry, IReadOnlyDictionary<IMethodSymbol, IOperation> bodies)
    {
        var reached = new Reached();
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { entry };
        var open = new Queue<IMethodSymbol>();
        open.Enqueue(entry);
        while (open.Count > 0)
        {
            if (bodies.TryGetValue(open.Dequeue(), out var body))
            {
                reached.Take(body, seen, open);
            }
        }

        return reached;
    }

    public bool Has(INamedTypeSymbol? attribute)
    {
        foreach (var method in methods)
        {
            if (IsMarked(method, attribute))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The attribute on the method, or on one that it implements or overrides.</summary>
    public static bool IsMarked(IMethodSymbol method, INamedTypeSymbol? attribute)
    {
        for (var place = method.OriginalDefinition; attribute is not null && place is not null; place = place.OverriddenMethod)
        {
            foreach (var data in place.GetAttributes())
            {
                if (SymbolEqualityComparer.Default.Equals(data.AttributeClass, attribute))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Take(IOperation body, HashSet<IMethodSymbol> seen, Queue<IMethodSymbol> open)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            var method = operation switch
            {
                IInvocationOperation call => call.TargetMethod.ReducedFrom ?? call.TargetMethod,
                IObjectCreationOperation creation => creation.Constructor,
                IMethodReferenceOperation reference => reference.Method,
                _ => null,
            };
            if (method is not null)
            {
                methods.Add(method);
                if (operation is IInvocationOperation made)
                {
                    calls.Add(made);
                }

                if (seen.Add(method.OriginalDefinition))
                {
                    open.Enqueue(method.OriginalDefinition);
                }
            }
        }
    }
}
