using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>MLOPS4003: an engine owns its model unless told otherwise, and disposes it with itself.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedModelDisposedAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS4003";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Disposing the engine disposes the shared model",
        "Disposing this engine also disposes '{0}', which others use, and a model that holds native memory fails after that. "
            + "Pass new PredictionEngineOptions {{ OwnsTransformer = false }}.",
        Category.Serving,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public SharedModelDisposedAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var creations = new MethodSet().Add(scope.Symbols.Model, "CreatePredictionEngine");
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (creations.Contains(call.TargetMethod)
                    && OwnsModel(call)
                    && LocalFlow.Argument(call, "transformer") is { } model
                    && EngineLifetime.EndOf(call) is { } end
                    && SharedModel.Name(model.Value, end) is { } name
                    && scope.Finding(Rule, call.Syntax, name) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>Options made elsewhere are not followed.</summary>
    private static bool OwnsModel(IInvocationOperation call) =>
        LocalFlow.Argument(call, "options") is not { } options
        || (InlineOptions.Creation(options) is not null
            && InlineOptions.Value(options, "OwnsTransformer") is null or { ConstantValue: { HasValue: true, Value: true } });
}
