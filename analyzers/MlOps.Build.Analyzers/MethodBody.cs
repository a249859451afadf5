using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers;

/// <summary>What stands in one method, or initializer: walked once, and asked by every rule.</summary>
internal sealed class MethodBody
{
    private static readonly ConditionalWeakTable<IOperation, MethodBody> Known = new();

    // A local that is written again, or by reference, has no value of its own.
    private readonly HashSet<ISymbol> written = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IOperation?> declared = new(SymbolEqualityComparer.Default);

    private MethodBody(IOperation root)
    {
        Operations = Below(root);
        foreach (var operation in Operations)
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator:
                    declared[declarator.Symbol] = declarator.GetVariableInitializer()?.Value;
                    break;
                case ILocalReferenceOperation local when IsWritten(local):
                    written.Add(local.Local);
                    break;
                case IParameterReferenceOperation parameter when IsWritten(parameter):
                    written.Add(parameter.Parameter);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Everything below the root, parents before children.</summary>
    public IOperation[] Operations { get; }

    public static MethodBody Of(IOperation operation)
    {
        var root = operation;
        while (root.Parent is { } outer)
        {
            root = outer;
        }

        return Known.TryGetValue(root, out var known) ? known : Known.GetValue(root, static root => new MethodBody(root));
    }

    public bool Writes(IParameterSymbol parameter) => written.Contains(parameter);

    /// <summary>The initializer of a local that has no other value; null where it has one, or stands further down.</summary>
    public IOperation? OnlyValue(ILocalReferenceOperation reference) =>
        !written.Contains(reference.Local)
        && declared.TryGetValue(reference.Local, out var value)
        && value is not null
        && value.Syntax.SpanStart <= reference.Syntax.SpanStart
            ? value
            : null;

    // Not recursive: a sum of thousands of terms is a tree as deep.
    private static IOperation[] Below(IOperation root)
    {
        var found = new List<IOperation>();
        var open = new Stack<IOperation>();
        for (var operation = root; operation is not null; operation = open.Count > 0 ? open.Pop() : null)
        {
            foreach (var child in operation.ChildOperations.Reverse())
            {
                open.Push(child);
            }

            if (operation != root)
            {
                found.Add(operation);
            }
        }

        return [.. found];
    }

    private static bool IsWritten(IOperation reference)
    {
        var place = reference;
        while (place.Parent is ITupleOperation tuple)
        {
            place = tuple;
        }

        return place.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target == place,
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } or IAddressOfOperation => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None } } => true,
            _ => false,
        };
    }
}
