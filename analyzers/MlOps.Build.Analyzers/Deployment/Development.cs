using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Deployment;

/// <summary>Code that runs on the machine of a developer only.</summary>
internal static class Development
{
    /// <summary>True within <c>if (env.IsDevelopment())</c>, and after a branch of anything else that has returned.</summary>
    public static bool Covers(IOperation operation)
    {
        for (var (inner, outer) = (operation, operation.Parent); outer is not null; (inner, outer) = (outer, outer.Parent))
        {
            if (outer is IConditionalOperation choice && Asks(choice.Condition) is { } yes && inner == (yes ? choice.WhenTrue : choice.WhenFalse))
            {
                return true;
            }

            if (outer is IBlockOperation block && IsAfterOthersLeft(block, inner))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAfterOthersLeft(IBlockOperation block, IOperation place)
    {
        foreach (var statement in block.Operations)
        {
            if (statement == place)
            {
                return false;
            }

            if (statement is IConditionalOperation choice && Asks(choice.Condition) == false && Leaves(choice.WhenTrue))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Leaves(IOperation branch) => branch switch
    {
        IBlockOperation { Operations: { Length: > 0 } operations } => Leaves(operations[operations.Length - 1]),
        IReturnOperation or IThrowOperation => true,
        IExpressionStatementOperation statement => statement.Operation is IThrowOperation,
        _ => false,
    };

    /// <summary>Whether the condition holds in development only (true) or everywhere else (false).</summary>
    private static bool? Asks(IOperation condition) => condition switch
    {
        IParenthesizedOperation inner => Asks(inner.Operand),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => !Asks(not.Operand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both => Asks(both.LeftOperand) == true || Asks(both.RightOperand) == true ? true : null,
        IInvocationOperation { TargetMethod.Name: "IsDevelopment" } => true,
        ILocalReferenceOperation local when LocalFlow.Origin(local) is var origin && origin != local => Asks(origin),
        _ => null,
    };
}
