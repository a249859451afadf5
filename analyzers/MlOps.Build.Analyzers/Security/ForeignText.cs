using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Security;

/// <summary>Finds the part of a built text that somebody else may set.</summary>
internal sealed class ForeignText(MlNetSymbols symbols)
{
    private readonly MethodSet builds = symbols.Methods("System.String", "Concat", "Format", "Join");

    /// <summary>Null for a text that is not built here, or only of parts that cannot change a query.</summary>
    public IOperation? In(IOperation value)
    {
        var built = LocalFlow.Origin(value);
        return IsBuilt(built) ? Part(built) : null;
    }

    private bool IsBuilt(IOperation value) => value is { ConstantValue.HasValue: false } and (
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } or IInterpolatedStringOperation or IInvocationOperation)
        && (value is not IInvocationOperation call || builds.Contains(call.TargetMethod));

    private IOperation? Part(IOperation value)
    {
        var origin = LocalFlow.Origin(value);
        if (Choices(origin) is { } choices)
        {
            foreach (var choice in choices)
            {
                if (Part(choice) is { } found)
                {
                    return found;
                }
            }

            return null;
        }

        return !IsBuilt(origin) ? IsHarmless(origin) ? null : origin : origin switch
        {
            IBinaryOperation sum => Part(sum.LeftOperand) ?? Part(sum.RightOperand),
            IInterpolatedStringOperation text => InParts(text),
            IInvocationOperation call => InArguments(call),
            _ => null,
        };
    }

    /// <summary>What a choice may come to; an arm that throws comes to nothing.</summary>
    private static IEnumerable<IOperation>? Choices(IOperation value) => value switch
    {
        IConditionalOperation { WhenFalse: { } other } choice => [choice.WhenTrue, other],
        ICoalesceOperation coalesce => [coalesce.Value, coalesce.WhenNull],
        ISwitchExpressionOperation choice => choice.Arms.Select(static arm => arm.Value),
        _ => null,
    };

    private IOperation? InParts(IInterpolatedStringOperation text)
    {
        foreach (var part in text.Parts)
        {
            if (part is IInterpolationOperation hole && Part(hole.Expression) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private IOperation? InArguments(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            var found = (argument.Value is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : argument.Value) switch
            {
                IArrayCreationOperation { Initializer.ElementValues: var values } => First(values),
                ICollectionExpressionOperation { Elements: var values } => First(values),
                var value => Part(value),
            };
            if (found is not null)
            {
                return found;
            }
        }

        return null;

        IOperation? First(ImmutableArray<IOperation> values)
        {
            foreach (var value in values)
            {
                if (Part(value) is { } found)
                {
                    return found;
                }
            }

            return null;
        }
    }

    /// <summary>Numbers and dates hold no quote, and what never changes nobody else sets.</summary>
    private static bool IsHarmless(IOperation part) =>
        TextParts.Constant(part) is not null
        || part is { ConstantValue.HasValue: true }
            or IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } }
            or { Type: null or { TypeKind: TypeKind.Enum or TypeKind.Error } }
        || part is IThrowOperation or IInvocationOperation { TargetMethod.Name: "ToString", Instance.Type: { IsValueType: true, TypeKind: not TypeKind.TypeParameter } }
        || part.Type is not ({ SpecialType: SpecialType.System_String or SpecialType.System_Object or SpecialType.System_Char }
            or { TypeKind: TypeKind.TypeParameter });
}
