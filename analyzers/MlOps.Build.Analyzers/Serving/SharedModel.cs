using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>A model that others hold too, or that the method itself still uses when the engine is gone.</summary>
internal static class SharedModel
{
    public static string? Name(IOperation model, IOperation end)
    {
        var value = model;
        while (value is IConversionOperation or IParenthesizedOperation)
        {
            value = value is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)value).Operand;
        }

        return value is ILocalReferenceOperation local && IsUsedAfter(local, end)
            ? local.Local.Name
            : LocalFlow.Origin(value) switch
            {
                IParameterReferenceOperation parameter => parameter.Parameter.Name,
                IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field.Name,
                IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } property => property.Property.Name,
                _ => null,
            };
    }

    private static bool IsUsedAfter(ILocalReferenceOperation model, IOperation end)
    {
        var declared = -1;
        var after = false;
        foreach (var operation in LocalFlow.Around(model))
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation variable when Same(variable.Symbol, model.Local):
                    declared = variable.Syntax.SpanStart;
                    break;
                case ILocalReferenceOperation local when Same(local.Local, model.Local):
                    after |= local.Syntax.SpanStart >= end.Syntax.Span.End && !IsWritten(local);
                    break;
                default:
                    break;
            }
        }

        // A loop around the engine but not around the model comes back to the model.
        for (var outer = end.Parent; outer is not null && !after; outer = outer.Parent)
        {
            after = outer is ILoopOperation && declared >= 0 && declared < outer.Syntax.SpanStart;
        }

        return after;
    }

    private static bool IsWritten(ILocalReferenceOperation local) =>
        local.Parent is IAssignmentOperation assignment && assignment.Target == local;

    private static bool Same(ILocalSymbol one, ILocalSymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
