using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>Finds the object that a value ends up in, as far as one method shows it.</summary>
internal static class RowFilling
{
    private const int MostSteps = 4;

    /// <summary>The class whose member or constructor takes the value, or what the call writes into its <c>out</c> argument.</summary>
    public static ITypeSymbol? ClassThatTakes(IOperation parsed)
    {
        if (Filled(parsed, MostSteps) is { } row)
        {
            return row;
        }

        if (parsed is IInvocationOperation { Arguments: { Length: > 0 } arguments }
            && arguments[arguments.Length - 1] is { Parameter.RefKind: RefKind.Out, Value: var place })
        {
            return place switch
            {
                IDeclarationExpressionOperation { Expression: ILocalReferenceOperation made } => OfLocal(made, made.Local, MostSteps),
                ILocalReferenceOperation local => OfLocal(local, local.Local, MostSteps),
                IFieldReferenceOperation field => field.Instance?.Type,
                _ => null,
            };
        }

        return null;
    }

    private static ITypeSymbol? Filled(IOperation value, int steps)
    {
        for (var current = value; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IAssignmentOperation { Target: IMemberReferenceOperation target } assignment when assignment.Value == current:
                    return target.Instance?.Type;
                case IArgumentOperation { Parent: IObjectCreationOperation creation }:
                    return creation.Type;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return OfLocal(declarator, declarator.Symbol, steps);
                case IConditionalOperation condition when condition.Condition == current:
                    return null;
                case IConversionOperation or IParenthesizedOperation or IConditionalOperation or ICoalesceOperation
                    or IBinaryOperation or IUnaryOperation or IArgumentOperation or IInvocationOperation or IDelegateCreationOperation
                    or IArrayInitializerOperation or IArrayCreationOperation or ICollectionExpressionOperation:
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private static ITypeSymbol? OfLocal(IOperation place, ILocalSymbol local, int steps)
    {
        if (steps == 0)
        {
            return null;
        }

        foreach (var operation in LocalFlow.Around(place))
        {
            if (operation is ILocalReferenceOperation reference
                && SymbolEqualityComparer.Default.Equals(reference.Local, local)
                && Filled(reference, steps - 1) is { } row)
            {
                return row;
            }
        }

        return null;
    }
}
