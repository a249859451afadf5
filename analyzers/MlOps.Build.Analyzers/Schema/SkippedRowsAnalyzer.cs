using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>MLOPS2014: most trainers leave out each row in which a feature is missing, and say so in a log that few read.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SkippedRowsAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS2014";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Trainer skips rows with missing features",
        "'{0}' leaves out each row in which '{1}' is missing, and tells only MLContext.Log. "
            + "Append ReplaceMissingValues before it, take LightGbm, which learns from such rows, or filter them with FilterRowsByMissingValues to say that they are meant to go.",
        Category.Schema,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public SkippedRowsAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var text = scope.Symbols.Part(static symbols => new TextRows(symbols));
        var trainings = new MissingFeatures(scope.Symbols);
        start.RegisterOperationAction(
            context =>
            {
                var load = (IInvocationOperation)context.Operation;
                if (text.RowOf(load) is { } row && KeepsMissing(load))
                {
                    foreach (var (trainer, column) in trainings.OnDataOf(load, row))
                    {
                        if (scope.Finding(Rule, trainer.Syntax, trainer.TargetMethod.Name, column) is { } finding)
                        {
                            context.ReportDiagnostic(finding);
                        }
                    }
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>By default an empty cell is 0, and nothing is missing.</summary>
    private static bool KeepsMissing(IInvocationOperation load) =>
        LocalFlow.Argument(load, "options") is { } options
        && InlineOptions.Value(options, "MissingRealsAsNaNs")?.ConstantValue is { HasValue: true, Value: true };
}
