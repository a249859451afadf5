using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Leakage;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.ResponsibleAI;

/// <summary>MLOPS8001: what people must not be judged by is one of the features.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SensitiveFeatureAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS8001";

    private const string Mark = "MlOps.Build.Annotations.SensitiveAttribute";
    private const string Justification = "Justification";

    private static readonly string[] CommonNames =
        ["Disability", "Ethnicity", "Gender", "MaritalStatus", "Nationality", "Race", "Religion", "Sex", "SexualOrientation"];

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Sensitive attribute used as a feature",
        "'{0}' {1}, and '{2}' decides by it. "
            + "Remove it from the features and keep it for metrics by group, or say in [Sensitive(Justification = ...)] why it must be one.",
        Category.ResponsibleAI,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public SensitiveFeatureAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var pipelines = scope.Symbols.Part(static symbols => new PipelineSteps(symbols));
        var pure = scope.Symbols.Part(static symbols => new PureSteps(symbols));
        var columns = scope.Symbols.Part(static symbols => new ColumnSteps(symbols));
        var rows = scope.Symbols.Part(static symbols => new RowClasses(symbols));
        var mark = scope.Symbols.Type(Mark);
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (pure.Append.Contains(call.TargetMethod)
                    && LocalFlow.Argument(call, "estimator") is { } added
                    && pipelines.Of(added.Value) is { Count: 1 } trainer && TrainerColumns.Features(trainer[0]) is { } features
                    && pipelines.Of(call) is { } steps)
                {
                    var flow = new ColumnFlow(columns);
                    for (var place = steps.Count - 1; place > 0; place--)
                    {
                        flow.Take(steps[place]);
                    }

                    if (flow.IsKnown)
                    {
                        Look(context, scope, flow.IngredientsOf(features), trainer[0], rows, mark);
                    }
                }
            },
            OperationKind.Invocation);
    }

    private static void Look(
        OperationAnalysisContext context, RuleScope scope, IReadOnlyList<Ingredient> ingredients, IInvocationOperation trainer, RowClasses rows, INamedTypeSymbol? mark)
    {
        List<INamedTypeSymbol>? read = null;
        foreach (var ingredient in ingredients)
        {
            read ??= rows.ReadIn(LocalFlow.Body(trainer));
            var member = MemberOf(ingredient, read, rows);
            var marked = member is null || mark is null ? null : RowMembers.Attribute(member, mark);
            var severity = marked is null
                ? Array.Exists(CommonNames, name => string.Equals(name, ingredient.Source, StringComparison.OrdinalIgnoreCase)) ? DiagnosticSeverity.Info : default(DiagnosticSeverity?)
                : IsJustified(marked) ? null : DiagnosticSeverity.Warning;
            if (severity is { } found
                && scope.Finding(
                    Rule,
                    ingredient.Word,
                    found,
                    [ingredient.Source, marked is null ? "is by its name something that people must not be judged by" : "is marked [Sensitive]", trainer.TargetMethod.Name]) is { } finding)
            {
                context.ReportDiagnostic(finding);
            }
        }
    }

    private static ISymbol? MemberOf(Ingredient ingredient, List<INamedTypeSymbol> read, RowClasses rows)
    {
        // Where a step has written the column anew, it is no longer the member's.
        if (ingredient.Member is { } named && rows.NameOf(named) == ingredient.Source)
        {
            return named;
        }

        foreach (var row in read)
        {
            if (rows.Column(row, ingredient.Source) is { } member)
            {
                return member;
            }
        }

        return null;
    }

    private static bool IsJustified(AttributeData mark)
    {
        foreach (var named in mark.NamedArguments)
        {
            if (named.Key == Justification && named.Value.Value is string { Length: > 0 } why && why.Trim().Length > 0)
            {
                return true;
            }
        }

        return false;
    }
}
