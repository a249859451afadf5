using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Reproducibility;

namespace MlOps.Build.Analyzers.Tracking;

/// <summary>MLOPS5002: a model is judged, and nobody looks at the judgement.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedMetricsAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS5002";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Metrics computed and thrown away",
        "'{0}' judges the model on all rows, and {1}, so nothing says later how good it was. "
            + "Keep the metrics and log them with the run.",
        Category.Tracking,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public DroppedMetricsAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        // A test asks whether the call throws, a benchmark how long it takes.
        if (TestProjects.Is(scope.Symbols) || scope.Symbols.Type("BenchmarkDotNet.Attributes.BenchmarkAttribute") is not null)
        {
            return;
        }

        var judges = new MetricCalls(scope.Symbols);
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (judges.Contains(call.TargetMethod) && Fate(call) is { } fate
                    && scope.Finding(Rule, call.Syntax, call.TargetMethod.Name, fate) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>What becomes of the metrics, as the middle of a sentence; null where they may be read.</summary>
    private static string? Fate(IInvocationOperation call)
    {
        var value = Carried(call);
        return value.Parent switch
        {
            // `Time(() => ml.Regression.Evaluate(scored))` runs it for something else than its answer.
            IExpressionStatementOperation { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation, IsImplicit: true } } => null,
            IExpressionStatementOperation => "its answer is dropped",
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } local } } =>
                Unread(local, call),
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target, Parent: IExpressionStatementOperation } assignment
                when assignment.Value == value && target.Local.RefKind == RefKind.None => Unread(target.Local, call),
            _ => null,
        };
    }

    private static string? Unread(ILocalSymbol local, IOperation place) =>
        UnreadLocals.Is(local, place) ? $"'{local.Name}' is never read" : null;

    /// <summary>The widest expression that only hands the metrics, or one of them, on.</summary>
    private static IOperation Carried(IOperation call)
    {
        var value = call;
        while (value.Parent switch
        {
            IConditionalAccessOperation access => access.WhenNotNull == value || access.Operation == value,
            IPropertyReferenceOperation property => property.Instance == value,
            IConversionOperation { OperatorMethod: null } or IParenthesizedOperation => true,
            _ => false,
        })
        {
            value = value.Parent!;
        }

        return value;
    }
}
