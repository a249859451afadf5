using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Reproducibility;
using MlOps.Build.Analyzers.Tracking;

namespace MlOps.Build.Analyzers.Deployment;

/// <summary>MLOPS6002: a model goes to production whatever was found about it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UngatedPromotionAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS6002";

    private const string Deploys = "MlOps.Build.Annotations.DeploysModelAttribute";
    private const string Gated = "MlOps.Build.Annotations.GatedByAttribute";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Promotion without a gate",
        "'{0}' brings a model to {1} whatever was found about it, so a worse model gets there as easily as a better one. "
            + "Ask a gate first and return when it says no, or mark the method [GatedBy] where its caller has asked.",
        Category.Deployment,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public UngatedPromotionAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        if (scope.Symbols.Type(Deploys) is not { } deploys || TestProjects.Is(scope.Symbols))
        {
            return;
        }

        var gated = scope.Symbols.Type(Gated);
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (!Reached.IsMarked(call.TargetMethod.ReducedFrom ?? call.TargetMethod, deploys) || ProductionStage.Of(call) is not { } stage)
                {
                    return;
                }

                if (context.ContainingSymbol is IMethodSymbol method
                    && !HasGateInCaller(method) && !GateSigns.IsWayBack(call.TargetMethod)
                    && !GateSigns.IsShownDecision(call) && !GateSigns.IsAfterCheck(call)
                    && ControlDependence.ConditionsOf(call, context.GetControlFlowGraph()) is { } conditions
                    && !MayJudge(conditions)
                    && scope.Finding(Rule, call.Syntax, call.TargetMethod.Name, stage) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);

        bool HasGateInCaller(IMethodSymbol method) =>
            Reached.IsMarked(method, gated) || Reached.IsMarked(method, deploys) || GateSigns.IsWayBack(method)
            || (method.DeclaredAccessibility == Accessibility.Private && !IsMain(method));
    }

    /// <summary>Nobody calls these but the runtime.</summary>
    private static bool IsMain(IMethodSymbol method) => method is { IsStatic: true, Name: "Main" or "<Main>$" };

    private static bool MayJudge(System.Collections.Generic.IReadOnlyList<IOperation> conditions)
    {
        foreach (var condition in conditions)
        {
            if (GateSigns.MayJudge(condition))
            {
                return true;
            }
        }

        return false;
    }
}
