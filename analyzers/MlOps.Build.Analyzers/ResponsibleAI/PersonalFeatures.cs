using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Leakage;

namespace MlOps.Build.Analyzers.ResponsibleAI;

/// <summary>A column of the data that becomes part of the features, and the word in the code that says so.</summary>
internal readonly struct FeatureSource(string column, SyntaxNode word, ISymbol? member)
{
    public string Column => column;

    public SyntaxNode Word => word;

    /// <summary>The member that the column was named by, where that was a <c>nameof</c>.</summary>
    public ISymbol? Member => member;
}

/// <summary>Follows the features of a trainer back through texts and hashes too, which change a value and still tell one person from another.</summary>
internal sealed class PersonalFeatures(MlNetSymbols symbols)
{
    private readonly ColumnSteps columns = symbols.Part(static symbols => new ColumnSteps(symbols));
    private readonly MethodSet texts = symbols.Methods("Microsoft.ML.TextCatalog", "FeaturizeText");
    private readonly MethodSet hashes = symbols.Methods("Microsoft.ML.ConversionsExtensionsCatalog", "Hash");
    private readonly MethodSet slots = symbols.Methods("Microsoft.ML.CategoricalCatalog", "OneHotHashEncoding");

    /// <summary>The columns in the features; none where a step may have written any column.</summary>
    public IReadOnlyList<FeatureSource> Behind(List<IInvocationOperation> steps, string features, bool hashIsProtection)
    {
        var flow = new ColumnFlow(columns);
        var made = new Dictionary<string, List<FeatureSource>>(StringComparer.Ordinal);
        for (var place = steps.Count - 1; place > 0; place--)
        {
            var step = steps[place];
            var isHash = hashes.Contains(step.TargetMethod) || slots.Contains(step.TargetMethod);
            if (LocalFlow.Argument(step, "outputColumnName")?.Value.ConstantValue.Value is string output)
            {
                if (texts.Contains(step.TargetMethod) || (isHash && !hashIsProtection))
                {
                    made[output] = Inputs(step, flow, made);
                }
                else if (isHash)
                {
                    made[output] = [];
                }
            }

            flow.Take(step);
        }

        var found = new List<FeatureSource>();
        if (!flow.IsKnown)
        {
            return found;
        }

        if (made.TryGetValue(features, out var whole))
        {
            found.AddRange(whole);
        }

        foreach (var ingredient in flow.IngredientsOf(features))
        {
            if (made.TryGetValue(ingredient.Name, out var inner) || made.TryGetValue(Plain(ingredient.Source), out inner))
            {
                found.AddRange(inner);
            }
            else
            {
                found.Add(new(ingredient.Source, ingredient.Word, ingredient.Member));
            }
        }

        return found;
    }

    /// <summary>A column that a step has written is called 'Text#1' by the flow.</summary>
    private static string Plain(string source) => source.IndexOf('#') is > 0 and var end ? source.Substring(0, end) : source;

    private static List<FeatureSource> Inputs(IInvocationOperation step, ColumnFlow flow, Dictionary<string, List<FeatureSource>> made)
    {
        var found = new List<FeatureSource>();
        if (LocalFlow.Argument(step, "inputColumnNames")?.Value is IArrayCreationOperation { Initializer.ElementValues: var several })
        {
            foreach (var input in several)
            {
                Add(input);
            }
        }
        else
        {
            var input = LocalFlow.Argument(step, "inputColumnName") is { ArgumentKind: ArgumentKind.Explicit } given ? given : LocalFlow.Argument(step, "outputColumnName");
            Add(input?.Value);
        }

        return found;

        void Add(IOperation? input)
        {
            if (input?.ConstantValue.Value is string name)
            {
                var source = flow.SourceOf(name);
                if (made.TryGetValue(Plain(source), out var before))
                {
                    found.AddRange(before);
                }
                else
                {
                    found.Add(new(source, input.Syntax, input is INameOfOperation { Argument: IMemberReferenceOperation member } ? member.Member : null));
                }
            }
        }
    }
}
