using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>Reads a model or a pipeline back to the steps it is made of, as far as one method shows them.</summary>
internal sealed class PipelineSteps(MlNetSymbols symbols)
{
    private readonly PureSteps pure = symbols.Part(static symbols => new PureSteps(symbols));
    private readonly INamedTypeSymbol? transformer = symbols.Type("Microsoft.ML.ITransformer");
    private readonly INamedTypeSymbol? estimator = symbols.Type("Microsoft.ML.IEstimator`1");

    /// <summary>The data and the pipeline in <c>pipeline.Fit(data)</c>.</summary>
    public IInvocationOperation? FitOf(IOperation model) =>
        LocalFlow.Origin(model) is IInvocationOperation { TargetMethod.Name: "Fit", Instance: { Type: { } type } } fit
        && Is(type, estimator)
            ? fit
            : null;

    /// <summary>The call <c>model.Transform(data)</c> that made the data.</summary>
    public IInvocationOperation? TransformOf(IOperation data) =>
        LocalFlow.Origin(data) is IInvocationOperation { TargetMethod.Name: "Transform", Instance: { Type: { } type } } transform
        && Is(type, transformer)
            ? transform
            : null;

    /// <summary>The steps, the last one first; null when one of them comes from elsewhere.</summary>
    public List<IInvocationOperation>? Of(IOperation pipeline)
    {
        var steps = new List<IInvocationOperation>();
        return Read(pipeline, steps) ? steps : null;
    }

    private bool Read(IOperation pipeline, List<IInvocationOperation> steps)
    {
        if (LocalFlow.Origin(pipeline) is not IInvocationOperation call)
        {
            return false;
        }

        if (!pure.Append.Contains(call.TargetMethod))
        {
            steps.Add(call);
            return call.TargetMethod.DeclaringSyntaxReferences.IsEmpty;
        }

        var start = call.Instance ?? LocalFlow.Argument(call, "start")?.Value;
        return start is not null
            && (LocalFlow.Argument(call, "estimator") is not { } step || Read(step.Value, steps))
            && Read(start, steps);
    }

    private static bool Is(ITypeSymbol type, INamedTypeSymbol? wanted)
    {
        if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, wanted))
        {
            return true;
        }

        foreach (var candidate in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, wanted))
            {
                return true;
            }
        }

        return false;
    }
}
