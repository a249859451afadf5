using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>Random numbers that come near no row that is learned: a pause, a line on the console, an example to predict.</summary>
internal static class ShownChance
{
    private const int MostLocals = 4;

    /// <summary>True when the method shows all that becomes of the value.</summary>
    public static bool IsAll(IOperation value) => IsShown(value, MostLocals);

    private static bool IsShown(IOperation value, int locals)
    {
        for (var current = value; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IArgumentOperation { Parent: IInvocationOperation call } when IsEnd(call):
                    return true;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return locals > 0 && AreShown(declarator, locals - 1);
                case IInvocationOperation drawn when drawn.Instance == current && IsOf(drawn.TargetMethod.ContainingType, "Random"):
                case IArgumentOperation { Parent: IInvocationOperation made } when IsOf(made.TargetMethod.ContainingType, "Random", "TimeSpan", "Math", "MathF"):
                case IArgumentOperation { Parent: IPropertyReferenceOperation }:
                case IPropertyReferenceOperation or IFieldReferenceOperation or IArrayElementReferenceOperation:
                case IInvocationOperation when current is IArgumentOperation:
                case IBinaryOperation or IUnaryOperation or IConversionOperation or IParenthesizedOperation:
                case IInterpolationOperation or IInterpolatedStringOperation:
                case IConditionalOperation { WhenFalse: not null, Type: not null }:
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool AreShown(IVariableDeclaratorOperation declarator, int locals)
    {
        var any = false;
        foreach (var operation in LocalFlow.Around(declarator))
        {
            if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, declarator.Symbol))
            {
                any = true;
                if (!IsShown(reference, locals))
                {
                    return false;
                }
            }
        }

        return any;
    }

    private static bool IsEnd(IInvocationOperation call) => call.TargetMethod switch
    {
        { Name: "Delay", ContainingType: { Name: "Task", ContainingNamespace.Name: "Tasks" } } => true,
        { Name: "Sleep", ContainingType: { Name: "Thread", ContainingNamespace.Name: "Threading" } } => true,
        { Name: "Predict", ContainingType.ContainingNamespace: { Name: "ML", ContainingNamespace.Name: "Microsoft" } } => true,
        { ContainingType: var type } => IsOf(type, "Console"),
    };

    private static bool IsOf(INamedTypeSymbol type, params string[] names) =>
        type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true } && System.Array.IndexOf(names, type.Name) >= 0;
}
