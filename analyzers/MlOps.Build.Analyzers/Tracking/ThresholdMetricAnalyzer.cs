using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Tracking;

/// <summary>MLOPS5004: a decision on one figure that depends on the threshold.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThresholdMetricAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS5004";

    private const string Metrics = "Microsoft.ML.Data.";

    private static readonly string[] OfThreshold =
    [
        "Accuracy", "F1Score", "MacroAccuracy", "MicroAccuracy", "NegativePrecision", "NegativeRecall", "PositivePrecision", "PositiveRecall",
    ];

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Decision on a threshold metric alone",
        "The decision rests on '{0}' alone, which changes with the threshold and with how frequent the classes are. "
            + "Ask for a metric of the scores as well, such as AreaUnderRocCurve or LogLoss, or let `mlops gate` decide.",
        Category.Tracking,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public ThresholdMetricAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var binary = scope.Symbols.Type(Metrics + "BinaryClassificationMetrics");
        var calibrated = scope.Symbols.Type(Metrics + "CalibratedBinaryClassificationMetrics");
        var multiclass = scope.Symbols.Type(Metrics + "MulticlassClassificationMetrics");
        start.RegisterOperationAction(
            context =>
            {
                if (Decision(context.Operation) is not { } decision)
                {
                    return;
                }

                IPropertyReferenceOperation? only = null;
                var count = 0;
                foreach (var operation in decision.DescendantsAndSelf())
                {
                    if (operation is IPropertyReferenceOperation { Property: { } property } read
                        && (Same(property.ContainingType, binary) || Same(property.ContainingType, calibrated) || Same(property.ContainingType, multiclass)))
                    {
                        count++;
                        only = read;
                    }
                }

                if (count == 1 && only is not null && IsCompared(only) && Array.IndexOf(OfThreshold, only.Property.Name) >= 0
                    && scope.Finding(Rule, only.Syntax, only.Property.Name) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Conditional,
            OperationKind.Return);
    }

    /// <summary>What decides: a condition, or an answer that is yes or no. A colour or a word on the console decides nothing.</summary>
    private static IOperation? Decision(IOperation operation) => operation switch
    {
        IConditionalOperation { Condition: var condition } choice => IsShown(choice) ? null : condition,
        IReturnOperation { ReturnedValue: IBinaryOperation { Type.SpecialType: SpecialType.System_Boolean } answer } => answer,
        _ => null,
    };

    private static bool IsShown(IConditionalOperation choice)
    {
        if (choice.Type is { Name: "ConsoleColor", ContainingNamespace.Name: "System" })
        {
            return true;
        }

        for (var outer = choice.Parent; outer is not null and not IExpressionStatementOperation; outer = outer.Parent)
        {
            if (outer is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType: { Name: "Console", ContainingNamespace.Name: "System" } } })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCompared(IOperation value) => value.Parent is IBinaryOperation
    {
        OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual,
    };

    private static bool Same(INamedTypeSymbol? one, INamedTypeSymbol? other) => other is not null && SymbolEqualityComparer.Default.Equals(one, other);
}
