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

    private static readonly string[] Figures = ["error", "metric", "score", "loss", "accuracy"];

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
        var evaluations = scope.Symbols.Part(static symbols => new Evaluations(symbols));
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (evaluations.Judges(call.TargetMethod)
                    && evaluations.TrainingOf(call) is { } fit
                    && evaluations.RowsOf(call) is { IsKnown: true } rows
                    && rows.Equals(evaluations.RowsFitted(fit))
                    && !IsComparison(call, fit, rows, evaluations) && !IsHandedOn(fit)
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
        foreach (var operation in LocalFlow.Around(call))
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

    /// <summary>The model is given to another method of the project, which may judge it by other rows.</summary>
    private static bool IsHandedOn(IInvocationOperation fit)
    {
        foreach (var operation in LocalFlow.Around(fit))
        {
            if (operation is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { DeclaringSyntaxReferences.IsEmpty: false } } } argument
                && LocalFlow.Origin(argument.Value).Syntax == fit.Syntax)
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
            if (place.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var shown } } && SaysTrain(shown.Name))
            {
                return true;
            }

            place = place.Parent;
        }

        var name = place switch
        {
            IVariableDeclaratorOperation declarator => declarator.Symbol.Name,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } => local.Local.Name,
            ISimpleAssignmentOperation { Target: IMemberReferenceOperation member } => member.Member.Name,
            _ => string.Empty,
        };
        return SaysTrain(name) || (EnclosingName(call) is { } method && SaysTrain(method) && Array.Exists(Figures, word => Holds(method, word)));
    }

    /// <summary>A method such as <c>TrainingError</c>; one that is called Train trains.</summary>
    private static string? EnclosingName(IOperation operation) =>
        operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart) is IMethodSymbol method ? method.Name : null;

    private static bool SaysTrain(string name) => Holds(name, "train");

    private static bool Holds(string name, string word) => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
}
