using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>A path that surely ends in .csv, because its last part is written in the code.</summary>
internal static class CsvPath
{
    /// <summary>The part that is known, or null when the end of the path is not.</summary>
    public static string? Name(IOperation path) =>
        Known(path) is { } known && known.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? known : null;

    private static string? Known(IOperation path)
    {
        switch (path)
        {
            case { ConstantValue: { HasValue: true, Value: string constant } }:
                return constant;
            case IConversionOperation conversion:
                return Known(conversion.Operand);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                return Known(sum.RightOperand);
            case IInterpolatedStringOperation { Parts: { Length: > 0 } parts }:
                return parts[parts.Length - 1] is IInterpolatedStringTextOperation text ? Known(text.Text) : null;
            case IInvocationOperation { TargetMethod: { Name: "Combine" or "Join", ContainingType: var type } } call
                when type is { Name: "Path", ContainingNamespace.Name: "IO" }:
                return LastPart(call);
            default:
                return null;
        }
    }

    private static string? LastPart(IInvocationOperation combine) => combine.Arguments switch
    {
        { Length: > 1 } parts => Known(parts[parts.Length - 1].Value),
        { Length: 1 } all => all[0].Value switch
        {
            IArrayCreationOperation { Initializer.ElementValues: { Length: > 0 } values } => Known(values[values.Length - 1]),
            ICollectionExpressionOperation { Elements: { Length: > 0 } values } => Known(values[values.Length - 1]),
            _ => null,
        },
        _ => null,
    };
}
