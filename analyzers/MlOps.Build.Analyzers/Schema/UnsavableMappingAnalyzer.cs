using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>MLOPS2011: a model with a custom mapping is saved by the name of the mapping's factory, not with its code.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnsavableMappingAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS2011";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Custom mapping cannot be saved or loaded",
        "{0}. {1}.",
        Category.Schema,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public UnsavableMappingAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var mappings = scope.Symbols.Methods("Microsoft.ML.CustomMappingCatalog", "CustomMapping", "StatefulCustomMapping");
        var saves = new MethodSet().Add(scope.Symbols.Model, "Save");
        var pipelines = scope.Symbols.Part(static symbols => new PipelineSteps(symbols));
        var factories = new MappingFactories(start.Compilation, scope.Symbols);
        var isProgram = start.Compilation.Options.OutputKind is not (OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule);
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (mappings.Contains(call.TargetMethod)
                    && LocalFlow.Argument(call, "contractName") is { Value.ConstantValue: { HasValue: true, Value: var contract } }
                    && Words(call, contract as string, IsSaved(call, saves, pipelines), isProgram, factories) is var (severity, what, remedy)
                    && scope.Finding(Rule, call.Syntax, severity, [what, remedy]) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    private static (DiagnosticSeverity Severity, string What, string Remedy)? Words(
        IInvocationOperation call, string? contract, bool isSaved, bool isProgram, MappingFactories factories)
    {
        if (contract is null)
        {
            return isSaved
                ? (DiagnosticSeverity.Warning, "The mapping has no contract name, so saving the model throws", "Name one, and mark a CustomMappingFactory with it")
                : null;
        }

        if (!factories.Know(contract))
        {
            // A library may leave the factory to the program that loads the model.
            return (
                isSaved && isProgram ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
                $"No CustomMappingFactory is marked with the contract name '{contract}', so the saved model cannot be loaded",
                $"Write one with [CustomMappingFactoryAttribute(\"{contract}\")] and pass its GetMapping()");
        }

        return isSaved && LocalFlow.Argument(call, "mapAction") is { } action && Captures.FirstOf(action.Value) is { } captured
            ? (
                DiagnosticSeverity.Warning,
                $"The mapping uses '{captured}', which is not saved: the loaded model runs the factory of '{contract}' instead",
                "Pass the GetMapping() of the factory, and the value as a column")
            : null;
    }

    /// <summary>True when the method that makes the mapping saves a model with it.</summary>
    private static bool IsSaved(IInvocationOperation call, MethodSet saves, PipelineSteps pipelines)
    {
        foreach (var operation in LocalFlow.Around(call))
        {
            if (operation is IInvocationOperation save
                && saves.Contains(save.TargetMethod)
                && LocalFlow.Argument(save, "model") is { } model
                && pipelines.FitOf(model.Value)?.Instance is { } pipeline
                && pipelines.Of(pipeline) is { } steps
                && steps.Exists(step => step.Syntax == call.Syntax))
            {
                return true;
            }
        }

        return false;
    }
}
