using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>Where the method that makes an engine disposes it.</summary>
internal static class EngineLifetime
{
    /// <summary>The operation at whose end the engine is gone; null when this method does not dispose it.</summary>
    public static IOperation? EndOf(IInvocationOperation creation)
    {
        var value = Outermost(creation);
        switch (value.Parent)
        {
            case IUsingOperation statement when statement.Resources == value:
                return statement;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation variable }:
                return OfDeclaration(variable) ?? OfLocal(variable);
            default:
                return null;
        }
    }

    private static IOperation? OfDeclaration(IVariableDeclaratorOperation variable)
    {
        for (var outer = variable.Parent; outer is not null; outer = outer.Parent)
        {
            switch (outer)
            {
                case IVariableDeclarationOperation or IVariableDeclarationGroupOperation:
                    break;
                case IUsingDeclarationOperation:
                    return outer.Parent;
                case IUsingOperation:
                    return outer;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary><c>engine.Dispose()</c>, or <c>using (engine)</c>.</summary>
    private static IOperation? OfLocal(IVariableDeclaratorOperation variable)
    {
        foreach (var operation in LocalFlow.Around(variable))
        {
            if (operation is ILocalReferenceOperation local
                && SymbolEqualityComparer.Default.Equals(local.Local, variable.Symbol))
            {
                switch (local.Parent)
                {
                    case IInvocationOperation { TargetMethod: { Name: "Dispose", Parameters.Length: 0 } } dispose when dispose.Instance == local:
                        return dispose;
                    case IUsingOperation statement when statement.Resources == local:
                        return statement;
                    default:
                        break;
                }
            }
        }

        return null;
    }

    private static IOperation Outermost(IOperation value) =>
        value.Parent is IConversionOperation or IParenthesizedOperation ? Outermost(value.Parent) : value;
}
