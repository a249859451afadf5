using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>Finds fields and properties that hold an engine and let more than one thread at it.</summary>
internal sealed class HeldEngines(EngineTypes engines, Locks locks)
{
    private readonly ConcurrentDictionary<ISymbol, bool> unguardedElsewhere = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentBag<ISymbol> undecided = [];

    /// <summary>The members that only other types use, and not always under a lock; complete at the compilation's end.</summary>
    public IEnumerable<ISymbol> OpenToOthers
    {
        get
        {
            foreach (var member in undecided)
            {
                if (!unguardedElsewhere.TryGetValue(member, out var isUnguarded) || isUnguarded)
                {
                    yield return member;
                }
            }
        }
    }

    /// <summary>Notes how a member is used outside of the type that holds it.</summary>
    public void Note(IMemberReferenceOperation reference, ISymbol user)
    {
        if (engines.HoldsEngine(reference.Type)
            && !SymbolEqualityComparer.Default.Equals(reference.Member.ContainingType, user.ContainingType)
            && IsUsed(reference))
        {
            var isUnguarded = !locks.Guard(reference);
            unguardedElsewhere.AddOrUpdate(
                reference.Member.OriginalDefinition, isUnguarded, (_, before) => before || isUnguarded);
        }
    }

    /// <summary>Tells <paramref name="found"/> each member that its own type uses without a lock or that everybody can use,
    /// and where a finding about it goes; the rest is in <see cref="OpenToOthers"/>.</summary>
    public void Watch(SymbolStartAnalysisContext type, bool isLibrary, Action<ISymbol, Action<Diagnostic>> found)
    {
        var open = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
        var own = (INamedTypeSymbol)type.Symbol;
        foreach (var member in own.GetMembers())
        {
            if (Holds(member, engines) && !IsOfThread(member))
            {
                open[member] = isLibrary && Visibility.IsPublic(member);
            }
        }

        if (open.IsEmpty)
        {
            return;
        }

        type.RegisterOperationAction(
            context =>
            {
                var reference = (IMemberReferenceOperation)context.Operation;
                if (open.TryGetValue(reference.Member, out var isOpen) && !isOpen
                    && context.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor }
                    && IsUsed(reference) && !locks.Guard(reference))
                {
                    open[reference.Member] = true;
                }
            },
            OperationKind.FieldReference, OperationKind.PropertyReference);
        type.RegisterSymbolEndAction(end =>
        {
            foreach (var member in open)
            {
                if (member.Value)
                {
                    found(member.Key, end.ReportDiagnostic);
                }
                else if (member.Key.DeclaredAccessibility != Accessibility.Private || !own.GetTypeMembers().IsEmpty)
                {
                    undecided.Add(member.Key);
                }
            }
        });
    }

    private static bool Holds(ISymbol member, EngineTypes engines) => member switch
    {
        IFieldSymbol { IsImplicitlyDeclared: false } field => engines.HoldsEngine(field.Type),
        IPropertySymbol property => engines.HoldsEngine(property.Type) && IsStored(property),
        _ => false,
    };

    /// <summary>A property that makes a new engine on each call, or passes a field on, holds none itself.</summary>
    private static bool IsStored(IPropertySymbol property)
    {
        foreach (var member in property.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUsed(IOperation engine) =>
        engine.Parent is not (INameOfOperation or IBinaryOperation or IIsPatternOperation or ICoalesceAssignmentOperation)
        && !(engine.Parent is IAssignmentOperation assignment && assignment.Target == engine)
        && engine.Parent is not IInvocationOperation { TargetMethod.Name: "Dispose" };

    private static bool IsOfThread(ISymbol member)
    {
        foreach (var attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "ThreadStaticAttribute", ContainingNamespace.Name: "System" })
            {
                return true;
            }
        }

        return false;
    }
}
