using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Deployment;

/// <summary>The conditions that decide whether a call is reached.</summary>
/// <remarks>A branch decides where one of its two ways leads to the call and the other does not, unless by way of the branch again.
/// Early returns, throws, <c>&amp;&amp;</c>, conditional expressions and patterns are branches of the graph alike.</remarks>
internal static class ControlDependence
{
    /// <summary>Null where the call is not in the graph itself, as in a lambda, or in a catch or finally, which no branch leads to.</summary>
    public static IReadOnlyList<IOperation>? ConditionsOf(IInvocationOperation call, ControlFlowGraph graph)
    {
        if (BlockOf(call, graph) is not { } target || !Reaches(graph.Blocks[0], target, without: null))
        {
            return null;
        }

        var conditions = new List<IOperation>();
        foreach (var block in graph.Blocks)
        {
            if (block is { ConditionKind: not ControlFlowConditionKind.None, BranchValue: { } condition }
                && block != target
                && Reaches(block.ConditionalSuccessor?.Destination, target, block) != Reaches(block.FallThroughSuccessor?.Destination, target, block))
            {
                conditions.Add(condition);
            }
        }

        return conditions;
    }

    private static BasicBlock? BlockOf(IInvocationOperation call, ControlFlowGraph graph)
    {
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.Operations)
            {
                if (Holds(operation, call))
                {
                    return block;
                }
            }

            if (block.BranchValue is { } value && Holds(value, call))
            {
                return block;
            }
        }

        return null;
    }

    private static bool Holds(IOperation operation, IInvocationOperation call)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            if (part is IInvocationOperation && part.Syntax == call.Syntax)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Reaches(BasicBlock? from, BasicBlock target, BasicBlock? without)
    {
        if (from is null || from == without)
        {
            return false;
        }

        var seen = new HashSet<BasicBlock> { from };
        var open = new Stack<BasicBlock>();
        open.Push(from);
        while (open.Count > 0)
        {
            var block = open.Pop();
            if (block == target)
            {
                return true;
            }

            Open(block.ConditionalSuccessor?.Destination);
            Open(block.FallThroughSuccessor?.Destination);
        }

        return false;

        void Open(BasicBlock? next)
        {
            if (next is not null && next != without && seen.Add(next))
            {
                open.Push(next);
            }
        }
    }
}
