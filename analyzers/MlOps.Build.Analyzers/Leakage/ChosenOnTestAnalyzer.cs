using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Leakage;

/// <summary>MLOPS3006: one model after the other is fitted and judged by the same test rows, which then have chosen it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ChosenOnTestAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS3006";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Test set used to choose a model",
        "Every turn of the loop fits another model and '{0}' judges it by the same test rows, so the best of them looks better than it is. "
            + "Compare candidates with CrossValidate on the training rows, and evaluate the chosen one once.",
        Category.Leakage,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public ChosenOnTestAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var evaluations = scope.Symbols.Part(static symbols => new Evaluations(symbols));
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (evaluations.Judges(call.TargetMethod)
                    && LoopAround(call) is { } loop
                    && evaluations.TrainingOf(call) is { } fit && loop.Syntax.Span.Contains(fit.Syntax.Span)
                    && IsOutside(evaluations.RowsOf(call), loop) && IsOutside(evaluations.RowsFitted(fit), loop)
                    && !evaluations.RowsOf(call).Equals(evaluations.RowsFitted(fit))
                    && !evaluations.ByValidationRows(call)
                    && scope.Finding(Rule, call.Syntax, call.TargetMethod.Name) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>Folds, groups and parts of the data change with the loop: those are other rows each time.</summary>
    private static bool IsOutside(DataIdentity rows, IOperation loop) =>
        rows.IsKnown && (rows.Source is not { } source || !loop.Syntax.Span.Contains(source.Span));

    private static ILoopOperation? LoopAround(IOperation operation)
    {
        for (var place = operation.Parent; place is not null; place = place.Parent)
        {
            switch (place)
            {
                case ILoopOperation loop:
                    return loop;
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return null;
                default:
                    break;
            }
        }

        return null;
    }
}
