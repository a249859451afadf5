using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Leakage;

/// <summary>The columns that a trainer is told to read, as arguments or in options that are made where it is called.</summary>
internal static class TrainerColumns
{
    public static string? Label(IInvocationOperation trainer) => Column(trainer, "labelColumnName", "LabelColumnName", "Label");

    /// <summary>One-versus-all and pairs read the features that their binary trainer is told.</summary>
    public static string? Features(IInvocationOperation trainer) => LocalFlow.Argument(trainer, "binaryEstimator") is { } binary
        ? LocalFlow.Origin(binary.Value) is IInvocationOperation one ? Features(one) : null
        : Column(trainer, "featureColumnName", "FeatureColumnName", "Features");

    private static string? Column(IInvocationOperation trainer, string parameter, string member, string common)
    {
        if (LocalFlow.Argument(trainer, parameter) is { } argument)
        {
            return argument.Value.ConstantValue.Value as string;
        }

        if (LocalFlow.Argument(trainer, "options") is not { } options || InlineOptions.Creation(options) is not { Arguments.IsEmpty: true } creation
            || !HasMember(creation.Type, member))
        {
            return null;
        }

        return InlineOptions.Value(options, member) is { } value ? value.ConstantValue.Value as string : common;
    }

    private static bool HasMember(ITypeSymbol? type, string member)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (!current.GetMembers(member).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }
}
