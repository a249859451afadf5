using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>A value that is surely the same in each turn of a loop.</summary>
internal static class LoopInvariant
{
    public static bool IsSame(IOperation value, ILoopOperation loop) => value switch
    {
        { ConstantValue.HasValue: true } => true,
        IConversionOperation conversion => IsSame(conversion.Operand, loop),
        IParenthesizedOperation inner => IsSame(inner.Operand, loop),
        ILocalReferenceOperation local => !IsDeclaredIn(local.Local, loop) && !IsWrittenIn(loop, local.Local),
        IParameterReferenceOperation parameter => !IsWrittenIn(loop, parameter.Parameter),
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation, Field: var field } =>
            field.IsReadOnly || field.IsConst,
        _ => false,
    };

    private static bool IsDeclaredIn(ILocalSymbol local, ILoopOperation loop) =>
        local.DeclaringSyntaxReferences.IsEmpty || loop.Syntax.Span.Contains(local.DeclaringSyntaxReferences[0].Span);

    private static bool IsWrittenIn(ILoopOperation loop, ISymbol symbol)
    {
        foreach (var operation in loop.Descendants())
        {
            var target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                _ => null,
            };
            if (target is not null && Mentions(target, symbol))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Mentions(IOperation target, ISymbol symbol)
    {
        foreach (var operation in target.DescendantsAndSelf())
        {
            if ((operation is ILocalReferenceOperation local && SymbolEqualityComparer.Default.Equals(local.Local, symbol))
                || (operation is IParameterReferenceOperation parameter && SymbolEqualityComparer.Default.Equals(parameter.Parameter, symbol)))
            {
                return true;
            }
        }

        return false;
    }
}
