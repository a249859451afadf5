using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>MLOPS4005: views are lazy, so a trainer that passes over its data many times reads the file as many times.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RereadSourceAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS4005";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Multi-pass trainer reads the source again each pass",
        "'{0}' passes over its data many times, and each pass reads and prepares what '{1}' loads anew. "
            + "Append 'AppendCacheCheckpoint' before it, or train on 'ml.Data.Cache'.",
        Category.Serving,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public RereadSourceAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var pipelines = scope.Symbols.Part(static symbols => new PipelineSteps(symbols));
        var trainers = new UncachedTrainers(scope.Symbols);
        var sources = new LazySources(scope.Symbols);
        start.RegisterOperationAction(
            context =>
            {
                var fit = (IInvocationOperation)context.Operation;
                if (fit is { TargetMethod.Name: "Fit", Instance: { } pipeline, Arguments: { Length: 1 } data }
                    && pipelines.FitOf(fit) is not null
                    && pipelines.Of(pipeline) is not null
                    && trainers.In(pipeline) is { } trainer
                    && sources.Of(data[0].Value) is { } load
                    && scope.Finding(Rule, trainer.Syntax, trainer.TargetMethod.Name, load) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }
}
