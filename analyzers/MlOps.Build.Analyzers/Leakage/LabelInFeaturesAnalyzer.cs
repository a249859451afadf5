using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.Leakage;

/// <summary>MLOPS3003: the column to be predicted, or a copy of it, is one of those to predict it from.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LabelInFeaturesAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS3003";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Label is among the features",
        "'{0}' is the label of '{1}'{2}, so the model reads the answer off its input and fails as soon as there is none. "
            + "Remove it from the features.",
        Category.Leakage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public LabelInFeaturesAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var pipelines = scope.Symbols.Part(static symbols => new PipelineSteps(symbols));
        var pure = scope.Symbols.Part(static symbols => new PureSteps(symbols));
        var columns = scope.Symbols.Part(static symbols => new ColumnSteps(symbols));
        start.RegisterOperationAction(
            context =>
            {
                // The Append that adds the trainer: what comes behind it changes no feature.
                var call = (IInvocationOperation)context.Operation;
                if (pure.Append.Contains(call.TargetMethod) && pipelines.Of(call) is { } steps && TrainerOf(call, pipelines) is { } trainer)
                {
                    Look(context, scope, new ColumnFlow(columns), steps, trainer);
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>The trainer that this very Append adds, so that a chain is looked at once.</summary>
    private static IInvocationOperation? TrainerOf(IInvocationOperation append, PipelineSteps pipelines) =>
        LocalFlow.Argument(append, "estimator") is { } added && pipelines.Of(added.Value) is { Count: 1 } step && IsTrainer(step[0]) ? step[0] : null;

    private static bool IsTrainer(IInvocationOperation step) =>
        TrainerColumns.Label(step) is not null && TrainerColumns.Features(step) is not null;

    private static void Look(
        OperationAnalysisContext context, RuleScope scope, ColumnFlow flow, System.Collections.Generic.List<IInvocationOperation> steps, IInvocationOperation trainer)
    {
        for (var place = steps.Count - 1; place > 0; place--)
        {
            flow.Take(steps[place]);
        }

        if (!flow.IsKnown)
        {
            return;
        }

        var label = TrainerColumns.Label(trainer)!;
        var source = flow.SourceOf(label);
        foreach (var ingredient in flow.IngredientsOf(TrainerColumns.Features(trainer)!))
        {
            if (ingredient.Source == source
                && scope.Finding(
                    Rule,
                    ingredient.Word,
                    ingredient.Name,
                    trainer.TargetMethod.Name,
                    ingredient.Name == label ? string.Empty : $" under the name '{label}'") is { } finding)
            {
                context.ReportDiagnostic(finding);
            }
        }
    }
}
