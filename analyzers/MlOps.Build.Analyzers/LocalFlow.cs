using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers;

/// <summary>Follows values through locals that are written once, in the method where they stand.</summary>
internal static class LocalFlow
{
    /// <summary>The operation that made the value: a local that is only ever its initializer is replaced by that.</summary>
    public static IOperation Origin(IOperation value)
    {
        var current = value;
        while (true)
        {
            var next = current switch
            {
                IConversionOperation conversion => conversion.Operand,
                IParenthesizedOperation inner => inner.Operand,
                ILocalReferenceOperation local => OnlyValue(local),
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

    /// <summary>True when the method gives the parameter another value, anywhere.</summary>
    public static bool IsEverWritten(IParameterReferenceOperation reference)
    {
        foreach (var operation in Body(reference).Descendants())
        {
            if (operation is IParameterReferenceOperation other
                && SymbolEqualityComparer.Default.Equals(other.Parameter, reference.Parameter)
                && IsWritten(other))
            {
                return true;
            }
        }

        return false;
    }

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

    private static IOperation? OnlyValue(ILocalReferenceOperation reference)
    {
        IOperation? value = null;
        foreach (var operation in Body(reference).Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when Same(declarator.Symbol, reference.Local):
                    value = declarator.GetVariableInitializer()?.Value;
                    if (value is null || value.Syntax.SpanStart > reference.Syntax.SpanStart)
                    {
                        return null;
                    }

                    break;
                case ILocalReferenceOperation other when Same(other.Local, reference.Local) && IsWritten(other):
                    return null;
                default:
                    break;
            }
        }

        return value;
    }

    private static bool Same(ILocalSymbol one, ILocalSymbol other) => SymbolEqualityComparer.Default.Equals(one, other);

    private static bool IsWritten(IOperation reference)
    {
        var place = reference;
        while (place.Parent is ITupleOperation tuple)
        {
            place = tuple;
        }

        return place.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target == place,
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } or IAddressOfOperation => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None } } => true,
            _ => false,
        };
    }
}
