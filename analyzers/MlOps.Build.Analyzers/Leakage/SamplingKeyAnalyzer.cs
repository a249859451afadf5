using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.Leakage;

/// <summary>MLOPS3004: the sampling key keeps equal values together, so a label there puts whole classes on one side.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SamplingKeyAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS3004";

    /// <summary>The name of the argument.</summary>
    public const string Parameter = "samplingKeyColumnName";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Label or boolean used as samplingKeyColumnName",
        "'{0}' is {1}, and samplingKeyColumnName does not stratify: it keeps rows of equal values together, so all rows of one value go to one side and the other may be empty. "
            + "Leave it out, or name the column of the group that must not be torn apart.",
        Category.Leakage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public SamplingKeyAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var splits = new MethodSet()
            .Add(scope.Symbols.Data, "TrainTestSplit", "CrossValidationSplit")
            .Add(scope.Symbols.Type("Microsoft.ML.BinaryClassificationCatalog"), "CrossValidate", "CrossValidateNonCalibrated")
            .Add(scope.Symbols.Type("Microsoft.ML.MulticlassClassificationCatalog"), "CrossValidate")
            .Add(scope.Symbols.Type("Microsoft.ML.RegressionCatalog"), "CrossValidate");
        var rows = scope.Symbols.Part(static symbols => new RowClasses(symbols));
        var pipelines = scope.Symbols.Part(static symbols => new PipelineSteps(symbols));
        var origins = scope.Symbols.Part(static symbols => new DataOrigins(symbols));
        start.RegisterOperationAction(
            context =>
            {
                var split = (IInvocationOperation)context.Operation;
                if (splits.Contains(split.TargetMethod)
                    && LocalFlow.Argument(split, Parameter) is { ArgumentKind: ArgumentKind.Explicit, Value.ConstantValue: { HasValue: true, Value: string column } } argument
                    && Fault(split, column, rows, pipelines, origins) is { } fault
                    && scope.Finding(Rule, argument.Syntax, column, fault) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    private static string? Fault(IInvocationOperation split, string column, RowClasses rows, PipelineSteps pipelines, DataOrigins origins)
    {
        foreach (var operation in LocalFlow.Around(split))
        {
            // A trainer that is fitted to a part of this very split, or to its folds.
            var pipeline = operation is not IInvocationOperation call ? null
                : call.Syntax == split.Syntax ? LocalFlow.Argument(call, "estimator")?.Value
                : pipelines.FitOf(call) is { Arguments: { Length: > 0 } fitted } && origins.Of(fitted[0].Value).Source == split.Syntax ? call.Instance
                : null;
            if (pipeline is not null && TrainerOn(column, pipelines.Of(pipeline)) is { } trainer)
            {
                return $"the label of '{trainer}'";
            }
        }

        return LocalFlow.Argument(split, "data") is { } data && rows.Of(data.Value) is { } row
            && rows.Column(row, column) is { } member && RowMembers.TypeOf(member).SpecialType == SpecialType.System_Boolean
                ? "a boolean"
                : null;
    }

    private static string? TrainerOn(string label, List<IInvocationOperation>? steps)
    {
        foreach (var step in steps ?? [])
        {
            if (TrainerColumns.Label(step) == label)
            {
                return step.TargetMethod.Name;
            }
        }

        return null;
    }
}
