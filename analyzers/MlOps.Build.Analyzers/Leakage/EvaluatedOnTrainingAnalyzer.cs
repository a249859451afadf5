using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Leakage;

/// <summary>MLOPS3001: a model is judged by the rows that it learned from.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EvaluatedOnTrainingAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS3001";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Evaluated on the training data",
        "'{0}' judges the model by the rows that 'Fit' has shown it, so a model that learned them by heart looks perfect. "
            + "Split with TrainTestSplit, fit to TrainSet and evaluate on TestSet, or use CrossValidate.",
        Category.Leakage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public EvaluatedOnTrainingAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var evaluations = new Evaluations(scope.Symbols);
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (evaluations.Judges(call.TargetMethod)
                    && evaluations.TrainingOf(call) is { } fit
                    && evaluations.RowsOf(call) is { IsKnown: true } rows
                    && rows.Equals(evaluations.RowsFitted(fit))
                    && !IsComparison(call, fit, rows, evaluations)
                    && !(IsNamedTraining(call) && scope.Policy.Says(call.Syntax.SyntaxTree, Id, "allow_named_train", fallback: true))
                    && scope.Finding(Rule, call.Syntax, call.TargetMethod.Name) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>The same model is judged by other rows too: the difference between both shows how much it learned by heart.</summary>
    private static bool IsComparison(IInvocationOperation call, IInvocationOperation fit, DataIdentity rows, Evaluations evaluations)
    {
        foreach (var operation in LocalFlow.Body(call).Descendants())
        {
            if (operation is IInvocationOperation other && other.Syntax != call.Syntax
                && evaluations.Judges(other.TargetMethod)
                && evaluations.TrainingOf(other)?.Syntax == fit.Syntax
                && !evaluations.RowsOf(other).Equals(rows))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNamedTraining(IInvocationOperation call)
    {
        IOperation? place = call;
        while (place is not null and not (IVariableDeclaratorOperation or ISimpleAssignmentOperation or IBlockOperation))
        {
            place = place.Parent;
        }

        var name = place switch
        {
            IVariableDeclaratorOperation declarator => declarator.Symbol.Name,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } => local.Local.Name,
            ISimpleAssignmentOperation { Target: IMemberReferenceOperation member } => member.Member.Name,
            _ => string.Empty,
        };
        return name.IndexOf("train", StringComparison.OrdinalIgnoreCase) >= 0;
    }
}
