using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>Whether an optional seed was really given: left out, null and default are the same to ML.NET.</summary>
internal static class Seed
{
    public static bool IsAbsent(IObjectCreationOperation creation)
    {
        foreach (var argument in creation.Arguments)
        {
            if (argument.Parameter?.Name is "seed")
            {
                return IsAbsent(argument);
            }
        }

        // Code that does not compile yet binds no arguments: say nothing about it.
        return creation.Constructor is { Parameters.Length: 0 };
    }

    public static bool IsAbsent(IArgumentOperation argument)
    {
        if (argument.ArgumentKind == ArgumentKind.DefaultValue)
        {
            return true;
        }

        var value = argument.Value;
        while (value is IConversionOperation conversion)
        {
            value = conversion.Operand;
        }

        return value is IDefaultValueOperation { ConstantValue.HasValue: false }
            or { ConstantValue: { HasValue: true, Value: null } };
    }
}
