using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>MLOPS1002: rows are drawn or ordered by something that no seed controls.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UncontrolledOrderAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS1002";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Rows are drawn or ordered by chance",
        "{0}, so the model is trained on other rows, or in another order, on each run. {1}.",
        Category.Reproducibility,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public UncontrolledOrderAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        if (TestProjects.Is(scope.Symbols))
        {
            return;
        }

        var random = scope.Symbols.Type("System.Random");
        var guids = scope.Symbols.Methods("System.Guid", "NewGuid", "CreateVersion7");
        var orders = scope.Symbols
            .Methods("System.Linq.Enumerable", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending")
            .Add(scope.Symbols.Type("System.Linq.ParallelEnumerable"), "OrderBy", "OrderByDescending");
        var loads = new MethodSet().Add(scope.Symbols.Data, "LoadFromEnumerable");
        var pipelines = scope.Symbols.Part(static symbols => new PipelineSteps(symbols));
        var unordered = new UnorderedRows(scope.Symbols);
        var entries = scope.Symbols.Part(static symbols => new TrainingEntryPoints(symbols));
        start.RegisterOperationAction(
            context =>
            {
                if (Chance(context.Operation, random, guids, orders, loads, unordered) is var (place, what, remedy)
                    && Prepares(context.Operation, context.ContainingSymbol, entries, loads, pipelines)
                    && scope.Finding(Rule, place.Syntax, what, remedy) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.ObjectCreation,
            OperationKind.PropertyReference,
            OperationKind.Invocation);
    }

    private static (IOperation Place, string What, string Remedy)? Chance(
        IOperation operation, INamedTypeSymbol? random, MethodSet guids, MethodSet orders, MethodSet loads, UnorderedRows unordered) => operation switch
        {
            IObjectCreationOperation { Constructor.Parameters.Length: 0 } made when SymbolEqualityComparer.Default.Equals(made.Type, random) && !ShownChance.IsAll(made) =>
                (made, "'new Random()' has no seed", "Write 'new Random(1)'"),
            IPropertyReferenceOperation { Property: { Name: "Shared", IsStatic: true } shared } read when SymbolEqualityComparer.Default.Equals(shared.ContainingType, random) && !ShownChance.IsAll(read) =>
                (read, "'Random.Shared' has no seed", "Use 'new Random(1)'"),
            IInvocationOperation call when guids.Contains(call.TargetMethod) && IsKeyOf(call, orders) =>
                (call, "Rows are ordered by new Guids", "Shuffle with ml.Data.ShuffleRows(data, seed: 1)"),
            IInvocationOperation call when loads.Contains(call.TargetMethod)
                && LocalFlow.Argument(call, "data") is { } rows
                && unordered.Behind(rows.Value) is { } source =>
                (source, $"'{source.TargetMethod.Name}' gives its results in no fixed order", "Order them before they are loaded"),
            _ => null,
        };

    /// <summary>True inside the lambda that gives the keys of a sort.</summary>
    private static bool IsKeyOf(IOperation value, MethodSet orders)
    {
        for (var outer = value.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IArgumentOperation { Parent: IInvocationOperation sort } && orders.Contains(sort.TargetMethod))
            {
                return value.Syntax.SpanStart > sort.Arguments[0].Value.Syntax.Span.End;
            }
        }

        return false;
    }

    /// <summary>True where the method loads rows or fits a model, or is where a training starts.</summary>
    private static bool Prepares(IOperation place, ISymbol member, TrainingEntryPoints entries, MethodSet loads, PipelineSteps pipelines)
    {
        if (entries.Contain(member))
        {
            return true;
        }

        var isLoaded = false;
        var isScored = false;
        foreach (var operation in LocalFlow.Around(place))
        {
            if (operation is IInvocationOperation call)
            {
                if (pipelines.FitOf(call) is not null)
                {
                    return true;
                }

                isLoaded |= loads.Contains(call.TargetMethod);
                isScored |= pipelines.TransformOf(call) is not null;
            }
        }

        // Rows that only pass through a model that is there already teach it nothing.
        return isLoaded && !isScored;
    }
}
