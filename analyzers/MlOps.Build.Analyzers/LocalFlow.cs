using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers;

/// <summary>Follows values through locals in the method where they stand.</summary>
internal static class LocalFlow
{
    /// <summary>The operation that made the value: a local is replaced by what was put into it last.</summary>
    public static IOperation Origin(IOperation value)
    {
        var current = value;
        while (true)
        {
            var next = current switch
            {
                IConversionOperation conversion => conversion.Operand,
                IParenthesizedOperation inner => inner.Operand,
                ILocalReferenceOperation local => MethodBody.Of(local).OnlyValue(local),
                _ => null,
            };
            if (next is null)
            {
                return current;
            }

            current = next;
        }
    }

    public static IArgumentOperation? Argument(IInvocationOperation call, string parameter)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name == parameter)
            {
                return argument;
            }
        }

        return null;
    }

    /// <summary>True for a local that has one value from its declaration on.</summary>
    public static bool IsFixed(ILocalReferenceOperation reference) => MethodBody.Of(reference).IsFixed(reference.Local);

    /// <summary>True when the method gives the parameter another value, anywhere.</summary>
    public static bool IsEverWritten(IParameterReferenceOperation reference) => MethodBody.Of(reference).Writes(reference.Parameter);

    /// <summary>Everything in the method, or initializer, in which the operation stands, parents before children.</summary>
    public static IOperation[] Around(IOperation operation) => MethodBody.Of(operation).Operations;

    /// <summary>The whole method, or initializer, in which the operation stands.</summary>
    public static IOperation Body(IOperation operation)
    {
        var root = operation;
        while (root.Parent is { } outer)
        {
            root = outer;
        }

        return root;
    }
}
