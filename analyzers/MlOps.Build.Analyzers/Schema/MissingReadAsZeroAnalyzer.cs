using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>MLOPS2009: the text loader reads an empty cell as 0, so a step that looks for missing values finds none.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MissingReadAsZeroAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS2009";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Missing values were already turned into 0",
        "'{0}' reads an empty cell of '{1}' as 0, so '{2}' takes it for a value. "
            + "Load with TextLoader.Options and MissingRealsAsNaNs = true.",
        Category.Schema,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public MissingReadAsZeroAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var rows = scope.Symbols.Part(static symbols => new TextRows(symbols));
        var steps = scope.Symbols.Part(static symbols => new MissingValueSteps(symbols));
        start.RegisterOperationAction(
            context =>
            {
                var load = (IInvocationOperation)context.Operation;
                if (rows.RowOf(load) is { } row
                    && ReadsZero(load)
                    && steps.OnDataOf(load, row) is var (step, column)
                    && scope.Finding(Rule, load.Syntax, load.TargetMethod.Name, column, step) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>Options made elsewhere are not followed.</summary>
    private static bool ReadsZero(IInvocationOperation load) =>
        LocalFlow.Argument(load, "options") is not { } options
        || (InlineOptions.Creation(options) is not null && InlineOptions.Value(options, "MissingRealsAsNaNs") is null);
}
