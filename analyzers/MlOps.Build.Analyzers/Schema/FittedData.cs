using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>The data that a saved model was fitted to, where its name still means the same at the place of saving.</summary>
internal static class FittedData
{
    public static IOperation? Of(IInvocationOperation save, PipelineSteps pipelines)
    {
        if (LocalFlow.Argument(save, "model") is not { } model
            || pipelines.FitOf(model.Value) is not { Arguments: { Length: > 0 } arguments })
        {
            return null;
        }

        var data = arguments[0].Value;
        while (data is IConversionOperation { IsImplicit: true } conversion)
        {
            data = conversion.Operand;
        }

        return IsStable(data) ? data : null;
    }

    private static bool IsStable(IOperation data) => data switch
    {
        ILocalReferenceOperation local => LocalFlow.IsFixed(local),
        IParameterReferenceOperation parameter => !LocalFlow.IsEverWritten(parameter),
        IFieldReferenceOperation { Field.IsReadOnly: true } => true,
        IPropertyReferenceOperation { Instance: { } owner } => IsStable(owner),
        _ => false,
    };
}
