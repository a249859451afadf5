using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.CodeFixes.Schema;

/// <summary>A call whose result is dropped, and the expression at its start: <c>p</c> in <c>p.Append(a).Append(b)</c>.</summary>
internal sealed class DroppedCall
{
    private DroppedCall(InvocationExpressionSyntax call, IOperation start, SemanticModel model)
    {
        Call = call;
        Start = start;
        Model = model;
    }

    public InvocationExpressionSyntax Call { get; }

    public IOperation Start { get; }

    public SemanticModel Model { get; }

    public ExpressionSyntax StartSyntax => (ExpressionSyntax)Start.Syntax;

    public static DroppedCall? Of(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
    {
        // Inside `p?.Append(x)` the call has no start of its own.
        if (MlNetSymbols.Of(model.Compilation) is not { } symbols
            || call.Parent is ConditionalAccessExpressionSyntax
            || model.GetOperation(call, cancellation) is not IInvocationOperation operation)
        {
            return null;
        }

        var steps = new PureSteps(symbols);
        IOperation start = operation;
        while (Unconverted(start) is IInvocationOperation next && Input(next, steps) is { } input)
        {
            start = input;
        }

        start = Unconverted(start);
        return start != operation && start.Syntax is ExpressionSyntax ? new DroppedCall(call, start, model) : null;
    }

    /// <summary>What the step takes and returns changed: the receiver of Append, the data of a view.</summary>
    private static IOperation? Input(IInvocationOperation call, PureSteps steps) =>
        steps.Append.Contains(call.TargetMethod) ? call.Instance ?? Argument(call)
        : steps.View.Contains(call.TargetMethod) ? Argument(call)
        : null;

    /// <summary>The first pipeline or data argument; of an extension of a catalog that is the second one.</summary>
    private static IOperation? Argument(IInvocationOperation call)
    {
        var data = call.TargetMethod is { IsExtensionMethod: true, ContainingType.Name: "CustomMappingCatalog" } ? 1 : 0;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Ordinal == data)
            {
                return argument.Value;
            }
        }

        return null;
    }

    private static IOperation Unconverted(IOperation value) => value switch
    {
        IConversionOperation conversion => Unconverted(conversion.Operand),
        IParenthesizedOperation inner => Unconverted(inner.Operand),
        _ => value,
    };
}
