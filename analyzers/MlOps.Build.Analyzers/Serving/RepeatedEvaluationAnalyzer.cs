using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>MLOPS4006: each look at a transformed view runs the whole pipeline again.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RepeatedEvaluationAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS4006";

    private const int Fewest = 3;

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Lazy IDataView evaluated several times",
        "'{0}' is evaluated {1}, and the whole pipeline runs each time. Keep the rows with 'ml.Data.Cache'.",
        Category.Serving,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public RepeatedEvaluationAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var pipelines = scope.Symbols.Part(static symbols => new PipelineSteps(symbols));
        var evaluations = scope.Symbols.Part(static symbols => new Evaluations(symbols));
        start.RegisterOperationAction(
            context =>
            {
                var variable = (IVariableDeclaratorOperation)context.Operation;
                if (variable.GetVariableInitializer()?.Value is not { } value
                    || Unconverted(value) is not IInvocationOperation { TargetMethod.Name: "Transform" } transform
                    || pipelines.TransformOf(transform) is null)
                {
                    return;
                }

                var times = evaluations.Of(variable);
                if (times >= Limit(scope.Policy, transform.Syntax.SyntaxTree)
                    && scope.Finding(
                        Rule, transform.Syntax, variable.Symbol.Name,
                        times == Evaluations.InLoop ? "in a loop" : times.ToString(CultureInfo.InvariantCulture) + " times") is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.VariableDeclarator);
    }

    private static int Limit(RulePolicy policy, SyntaxTree tree) =>
        int.TryParse(
            policy.Text(tree, Id, "least_evaluations", fallback: string.Empty), NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? System.Math.Max(limit, 1)
            : Fewest;

    private static IOperation Unconverted(IOperation value) => value is IConversionOperation conversion ? conversion.Operand : value;
}
