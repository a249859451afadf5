using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>MLOPS2012: a model file without the schema of its input cannot say what it wants to be fed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SavedWithoutSchemaAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS2012";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Model saved without its input schema",
        "'{0}' writes a model without its input schema, so Load gives null for it and an engine made with that throws. "
            + "Pass {1}.",
        Category.Schema,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public SavedWithoutSchemaAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var saves = new MethodSet().Add(scope.Symbols.Model, "Save");
        var pipelines = scope.Symbols.Part(static symbols => new PipelineSteps(symbols));
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (saves.Contains(call.TargetMethod)
                    && LocalFlow.Argument(call, "inputSchema") is { } schema
                    && IsNull(LocalFlow.Origin(schema.Value))
                    && scope.Finding(Rule, call.Syntax, call.TargetMethod.Name, Remedy(call, pipelines)) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    private static bool IsNull(IOperation value) =>
        value is IDefaultValueOperation or { ConstantValue: { HasValue: true, Value: null } };

    private static string Remedy(IInvocationOperation save, PipelineSteps pipelines) =>
        FittedData.Of(save, pipelines)?.Syntax is { } data ? $"'{data}.Schema'" : "the Schema of the data that it was fitted to";
}
