using System;
using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>Finds fields and properties that hold an engine and let more than one thread at it.</summary>
internal static class HeldEngines
{
    /// <summary>Tells <paramref name="found"/> each member, and where a finding about it goes.</summary>
    public static void Watch(
        SymbolStartAnalysisContext type, EngineTypes engines, Locks locks, Action<ISymbol, Action<Diagnostic>> found)
    {
        var open = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
        var own = (INamedTypeSymbol)type.Symbol;
        foreach (var member in own.GetMembers())
        {
            if (Holds(member, engines) && !IsOfThread(member))
            {
                // What others can read they can use without the lock of this type.
                open[member] = member.DeclaredAccessibility != Accessibility.Private || !own.GetTypeMembers().IsEmpty;
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
