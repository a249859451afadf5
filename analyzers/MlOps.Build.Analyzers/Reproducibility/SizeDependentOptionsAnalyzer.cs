using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>MLOPS1007: LightGBM chooses what is not set by the number of rows.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SizeDependentOptionsAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS1007";

    private static readonly (string Option, string Parameter)[] Chosen =
    [
        ("UseCategoricalSplit", "-"),
        ("LearningRate", "learningRate"),
        ("NumberOfLeaves", "numberOfLeaves"),
        ("MinimumExampleCountPerLeaf", "minimumExampleCountPerLeaf"),
    ];

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "LightGBM options depend on the number of rows",
        "'LightGbm' chooses {0} by the number of rows, so a sample and the full data are trained in different ways. Set {0} in LightGbm's options.",
        Category.Reproducibility,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public SizeDependentOptionsAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var trainers = scope.Symbols.Methods("Microsoft.ML.LightGbmExtensions", "LightGbm");
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (trainers.Contains(call.TargetMethod)
                    && LeftOpen(call) is { } open
                    && scope.Finding(Rule, call.Syntax, open) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>Options that are made elsewhere are not followed.</summary>
    private static string? LeftOpen(IInvocationOperation call)
    {
        var options = LocalFlow.Argument(call, "options");
        var isModelOfAFile = options is null && LocalFlow.Argument(call, "learningRate") is null;
        if (isModelOfAFile || (options is not null && InlineOptions.Creation(options) is null))
        {
            return null;
        }

        StringBuilder? open = null;
        foreach (var (option, parameter) in Chosen)
        {
            var value = options is null ? LocalFlow.Argument(call, parameter)?.Value : InlineOptions.Value(options, option);
            if (value is null || IsNull(value))
            {
                open = open is null ? new StringBuilder(option) : open.Append(", ").Append(option);
            }
        }

        return open?.ToString();
    }

    private static bool IsNull(IOperation value) => value switch
    {
        IConversionOperation conversion => IsNull(conversion.Operand),
        IDefaultValueOperation => true,
        _ => value.ConstantValue is { HasValue: true, Value: null },
    };
}
