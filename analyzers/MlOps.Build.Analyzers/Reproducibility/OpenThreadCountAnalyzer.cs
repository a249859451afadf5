using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>MLOPS1008: the model depends on the number of threads, and that on the machine.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OpenThreadCountAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS1008";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Number of threads depends on the machine",
        "'{0}' takes its number of threads from the machine and its model depends on it, so a laptop and a build agent train different models. "
            + "Pass options with 'NumberOfThreads = 1'.",
        Category.Reproducibility,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public OpenThreadCountAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var sdca = scope.Symbols.Part(static symbols => new SeedSensitiveSteps(symbols));
        var others = scope.Symbols.Methods(
            "Microsoft.ML.StandardTrainersCatalog",
            "SgdCalibrated", "SgdNonCalibrated", "LbfgsLogisticRegression", "LbfgsMaximumEntropy", "LbfgsPoissonRegression");
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if ((others.Contains(call.TargetMethod)
                        || (sdca.IsSdca(call.TargetMethod) && !IsToldByTheSeedRule(call, scope.Policy)))
                    && IsOpen(call)
                    && scope.Finding(Rule, call.Syntax, call.TargetMethod.Name) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    private static bool IsToldByTheSeedRule(IInvocationOperation call, RulePolicy policy) =>
        policy.Says(call.Syntax.SyntaxTree, UnseededMLContextAnalyzer.Id, "require_single_thread", fallback: false);

    /// <summary>Options that are made elsewhere are not followed.</summary>
    private static bool IsOpen(IInvocationOperation call) =>
        LocalFlow.Argument(call, "options") is not { } options
        || (InlineOptions.Creation(options) is not null
            && InlineOptions.Value(options, "NumberOfThreads") is null or { ConstantValue: { HasValue: true, Value: null } });
}
