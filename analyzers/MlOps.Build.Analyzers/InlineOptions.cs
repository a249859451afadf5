using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers;

/// <summary>Reads <c>new Trainer.Options { Name = value }</c> where it stands as an argument.</summary>
internal static class InlineOptions
{
    public static IObjectCreationOperation? Creation(IArgumentOperation argument) =>
        Unconverted(argument.Value) as IObjectCreationOperation;

    /// <summary>The value given to the member, or null when it is not set or the options are made elsewhere.</summary>
    public static IOperation? Value(IArgumentOperation argument, string member)
    {
        if (Creation(argument)?.Initializer is { } initializer)
        {
            foreach (var step in initializer.Initializers)
            {
                if (step is ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } assignment
                    && target.Member.Name == member)
                {
                    return Unconverted(assignment.Value);
                }
            }
        }

        return null;
    }

    private static IOperation Unconverted(IOperation value) =>
        value is IConversionOperation conversion ? Unconverted(conversion.Operand) : value;
}
