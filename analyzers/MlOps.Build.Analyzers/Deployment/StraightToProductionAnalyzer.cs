using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Tracking;

namespace MlOps.Build.Analyzers.Deployment;

/// <summary>MLOPS6001: a model goes to production without having been anywhere before.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StraightToProductionAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS6001";

    private const string Mark = "MlOps.Build.Annotations.DeploysModelAttribute";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Straight to production",
        "'{0}' brings a model to {1} that no earlier stage has seen, so the first to meet its mistakes are the users. "
            + "Deploy to a stage such as staging or a canary, and promote from there.",
        Category.Deployment,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public StraightToProductionAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        if (scope.Symbols.Type(Mark) is not { } mark)
        {
            return;
        }

        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (Reached.IsMarked(call.TargetMethod.ReducedFrom ?? call.TargetMethod, mark) && !SaysFrom(call)
                    && ProductionStage.Of(call) is { } stage && !IsAfterAnotherStage(call, mark)
                    && scope.Finding(Rule, call.Syntax, call.TargetMethod.Name, stage) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>A promotion names the stage that the model comes from.</summary>
    private static bool SaysFrom(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name.StartsWith("from", StringComparison.OrdinalIgnoreCase) == true)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where the method has brought a model to some other stage before.</summary>
    private static bool IsAfterAnotherStage(IInvocationOperation production, INamedTypeSymbol mark)
    {
        foreach (var operation in LocalFlow.Around(production))
        {
            if (operation is IInvocationOperation call && call.Syntax.SpanStart < production.Syntax.SpanStart
                && Reached.IsMarked(call.TargetMethod.ReducedFrom ?? call.TargetMethod, mark) && ProductionStage.Of(call) is null)
            {
                return true;
            }
        }

        return false;
    }
}
