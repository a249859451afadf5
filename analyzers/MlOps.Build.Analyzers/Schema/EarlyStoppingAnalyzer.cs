using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>MLOPS2013: early stopping is asked for and Fit is given no rows to stop by.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EarlyStoppingAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS2013";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Early stopping has no validation rows",
        "EarlyStoppingRound of '{0}' has no effect, because 'Fit' is given no validation rows: all trees are trained. "
            + "Transform both parts first, then call Fit(train, validation) on the trainer itself.",
        Category.Schema,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public EarlyStoppingAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var trainers = scope.Symbols.Methods("Microsoft.ML.LightGbmExtensions", "LightGbm");
        var pipelines = scope.Symbols.Part(static symbols => new PipelineSteps(symbols));
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (trainers.Contains(call.TargetMethod)
                    && LocalFlow.Argument(call, "options") is { } options
                    && InlineOptions.Value(options, "EarlyStoppingRound")?.ConstantValue is { HasValue: true, Value: int and > 0 }
                    && IsFittedWithoutValidation(call, pipelines)
                    && scope.Finding(Rule, call.Syntax, call.TargetMethod.Name) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>True when the method fits the trainer, alone or in a pipeline, and never with a second set of rows.</summary>
    private static bool IsFittedWithoutValidation(IInvocationOperation trainer, PipelineSteps pipelines)
    {
        var isFitted = false;
        foreach (var operation in LocalFlow.Around(trainer))
        {
            if (operation is IInvocationOperation fit
                && pipelines.FitOf(fit) == fit
                && fit.Instance is { } pipeline
                && pipelines.Of(pipeline) is { } steps
                && steps.Exists(step => step.Syntax == trainer.Syntax))
            {
                if (fit.Arguments.Length != 1)
                {
                    return false;
                }

                isFitted = true;
            }
        }

        return isFitted;
    }
}
