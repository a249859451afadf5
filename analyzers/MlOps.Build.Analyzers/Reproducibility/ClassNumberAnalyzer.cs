using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>MLOPS1005: classes are numbered in the order in which the rows name them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClassNumberAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS1005";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Class numbers depend on row order",
        "The classes of '{0}' are numbered in the order of the rows, so Score[0] may be another class after the next training. "
            + "Pass keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue.",
        Category.Reproducibility,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public ClassNumberAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var numbering = scope.Symbols.Methods("Microsoft.ML.ConversionsExtensionsCatalog", "MapValueToKey");
        var pair = scope.Symbols.Type("Microsoft.ML.InputOutputColumnPair");
        var trainers = new LabelTrainers(scope.Symbols);
        var scores = new ScoreUse(scope.Symbols);
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (numbering.Contains(call.TargetMethod)
                    && IsByOccurrence(call)
                    && LocalFlow.Body(call) is var body
                    && LabelAmong(call, pair, trainers, body) is { } label
                    && !scores.IsByNameOnly(body)
                    && scope.Finding(Rule, call.Syntax, label) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>Neither an order nor the list of classes is said. Whoever writes ByOccurrence means it.</summary>
    private static bool IsByOccurrence(IInvocationOperation call) =>
        LocalFlow.Argument(call, "keyOrdinality") is { ArgumentKind: ArgumentKind.DefaultValue }
        && LocalFlow.Argument(call, "keyData") is null or { ArgumentKind: ArgumentKind.DefaultValue } or { Value.ConstantValue: { HasValue: true, Value: null } };

    private static string? LabelAmong(IInvocationOperation call, INamedTypeSymbol? pair, LabelTrainers trainers, IOperation body)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation is IInvocationOperation other && trainers.LabelOf(other) is { } label && Makes(call, pair, label))
            {
                return label;
            }
        }

        return null;
    }

    private static bool Makes(IInvocationOperation call, INamedTypeSymbol? pair, string column)
    {
        if (LocalFlow.Argument(call, "outputColumnName") is { } output)
        {
            return Equals(output.Value.ConstantValue.Value, column);
        }

        foreach (var operation in call.Descendants())
        {
            if (operation is IObjectCreationOperation { Arguments.Length: > 0 } creation
                && SymbolEqualityComparer.Default.Equals(creation.Type, pair)
                && Equals(creation.Arguments[0].Value.ConstantValue.Value, column))
            {
                return true;
            }
        }

        return false;
    }
}
