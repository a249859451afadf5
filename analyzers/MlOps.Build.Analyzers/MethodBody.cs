using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers;

/// <summary>What stands in one method, or initializer: walked once, and asked by every rule.</summary>
internal sealed class MethodBody
{
    private static readonly ConditionalWeakTable<IOperation, MethodBody> Known = new();

    // What is written in a branch, a loop or a lambda, or by reference, has no value that the text shows.
    private readonly HashSet<ISymbol> written = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IVariableDeclaratorOperation> declared = new(SymbolEqualityComparer.Default);

    // Assignments that stand as statements in the block that declares the local: they run one after the other.
    private readonly Dictionary<ISymbol, List<ISimpleAssignmentOperation>> renewed = new(SymbolEqualityComparer.Default);

    private MethodBody(IOperation root)
    {
        Operations = Below(root);
        foreach (var operation in Operations)
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator:
                    declared[declarator.Symbol] = declarator;
                    break;
                case ILocalReferenceOperation local when IsWritten(local):
                    if (Statement(local) is { } assignment)
                    {
                        Renew(local.Local, assignment);
                    }
                    else
                    {
                        written.Add(local.Local);
                    }

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

    /// <summary>True for a local that has one value from its declaration on.</summary>
    public bool IsFixed(ILocalSymbol local) => declared.ContainsKey(local) && !written.Contains(local) && !renewed.ContainsKey(local);

    /// <summary>The value that the local has where it is read: of its initializer, or of the last of the statements behind it that give it another;
    /// null where that depends on what ran before.</summary>
    public IOperation? OnlyValue(ILocalReferenceOperation reference)
    {
        if (written.Contains(reference.Local) || !declared.TryGetValue(reference.Local, out var declarator))
        {
            return null;
        }

        var value = declarator.GetVariableInitializer()?.Value;
        if (renewed.TryGetValue(reference.Local, out var assignments))
        {
            if (IsDeferred(reference, declarator))
            {
                return null;
            }

            foreach (var assignment in assignments)
            {
                if (assignment.Syntax.Span.End <= reference.Syntax.SpanStart)
                {
                    value = assignment.Value;
                }
            }
        }

        return value is not null && value.Syntax.Span.End <= reference.Syntax.SpanStart ? value : null;
    }

    private void Renew(ISymbol local, ISimpleAssignmentOperation assignment)
    {
        if (!renewed.TryGetValue(local, out var assignments))
        {
            renewed[local] = assignments = [];
        }

        assignments.Add(assignment);
    }

    /// <summary>The assignment to the local, when it is a statement of the block that declares it.</summary>
    private ISimpleAssignmentOperation? Statement(ILocalReferenceOperation target) =>
        target.Parent is ISimpleAssignmentOperation { IsRef: false, Parent: IExpressionStatementOperation { Parent: IBlockOperation block } } assignment
        && assignment.Target == target
        && declared.TryGetValue(target.Local, out var declarator)
        && declarator.Parent is IVariableDeclarationOperation { Parent: IVariableDeclarationGroupOperation { Parent: { } home } }
        && home == block
            ? assignment
            : null;

    /// <summary>A lambda or local function runs later, when the local may have another value.</summary>
    private static bool IsDeferred(IOperation reference, IVariableDeclaratorOperation declarator)
    {
        var block = declarator.Parent?.Parent?.Parent;
        for (var place = reference.Parent; place is not null && place != block; place = place.Parent)
        {
            if (place is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }

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
