using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>MLOPS2007: Append and its like return a new pipeline; dropping it drops the step.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedResultAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS2007";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Result of Append is dropped",
        "The result of '{0}' is dropped, so {1}. {2}.",
        Category.Schema,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public DroppedResultAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var methods = scope.Symbols.Part(static symbols => new PureSteps(symbols));
        start.RegisterOperationAction(
            context =>
            {
                if (Dropped(((IExpressionStatementOperation)context.Operation).Operation) is not { } call)
                {
                    return;
                }

                var method = call.TargetMethod;
                var (effect, remedy) =
                    methods.Append.Contains(method)
                        ? ("the step is missing from the pipeline", "Assign it back or chain the call")
                    : methods.Split.Contains(method) ? ("the data is not split", "Assign it and use its parts")
                    : methods.View.Contains(method) ? ("the data stays as it was", "Assign it and use the new view")
                    : default;
                if (effect is not null && scope.Finding(Rule, call.Syntax, method.Name, effect, remedy) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.ExpressionStatement);
    }

    private static IInvocationOperation? Dropped(IOperation operation) => operation switch
    {
        IInvocationOperation call => call,
        IConditionalAccessOperation access => Dropped(access.WhenNotNull),
        _ => null,
    };
}
