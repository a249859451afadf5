using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>Which variable, field, parameter or method hands an MLContext to which, and what each does with it.</summary>
internal sealed class ContextGraph
{
    private readonly Dictionary<ISymbol, Node> nodes = new(SymbolEqualityComparer.Default);

    /// <summary>True when some context, wherever it came from, is used to build, fit or judge.</summary>
    public bool Trains
    {
        get
        {
            lock (nodes)
            {
                foreach (var pair in nodes)
                {
                    if (pair.Value.Steps.Exists(static step => step.Use.HasFlag(ContextUse.Trains)))
                    {
                        return true;
                    }
                }
            }

            return false;
        }
    }

    public void Add(ISymbol holder, ContextStep step)
    {
        lock (nodes)
        {
            NodeOf(holder).Add(step);
        }
    }

    public void Add(ContextGraph other)
    {
        lock (nodes)
        {
            foreach (var pair in other.nodes)
            {
                var node = NodeOf(pair.Key);
                foreach (var step in pair.Value.Steps)
                {
                    node.Add(step);
                }
            }
        }
    }

    /// <summary>Everything that happens to a context which takes this first step.</summary>
    public ContextStory Follow(ContextStep first, Func<ISymbol, bool> isKnownHere)
    {
        var story = new ContextStory();
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<ContextStep>();
        open.Push(first);
        lock (nodes)
        {
            while (open.Count > 0)
            {
                var step = open.Pop();
                story.Add(step);
                if (step.Holder is not { } holder || !seen.Add(holder))
                {
                    continue;
                }

                story.LeavesType |= !isKnownHere(holder);
                if (nodes.TryGetValue(holder, out var node))
                {
                    foreach (var next in node.Steps)
                    {
                        open.Push(next);
                    }
                }
            }
        }

        return story;
    }

    private Node NodeOf(ISymbol holder)
    {
        if (!nodes.TryGetValue(holder, out var node))
        {
            node = new Node();
            nodes.Add(holder, node);
        }

        return node;
    }

    private sealed class Node
    {
        public List<ContextStep> Steps { get; } = [];

        public void Add(ContextStep step) => Steps.Add(step);
    }
}
