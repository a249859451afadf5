using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>Counts the calls that run through all rows of a view.</summary>
internal sealed class Evaluations(MlNetSymbols symbols)
{
    public const int InLoop = int.MaxValue;

    private readonly INamedTypeSymbol? catalog = symbols.Type("Microsoft.ML.TrainCatalogBase");
    private readonly MethodSet readers = new MethodSet()
        .Add(symbols.Data, "CreateEnumerable")
        .Add(symbols.Type("Microsoft.ML.Data.ColumnCursorExtensions"), "GetColumn");

    /// <summary>How often the view in the variable is run through; 0 when the variable is given another view.</summary>
    public int Of(IVariableDeclaratorOperation variable)
    {
        var times = 0;
        foreach (var operation in LocalFlow.Around(variable))
        {
            if (operation is not ILocalReferenceOperation local
                || !SymbolEqualityComparer.Default.Equals(local.Local, variable.Symbol))
            {
                continue;
            }

            if (!LocalFlow.IsFixed(local))
            {
                return 0;
            }

            if (Call(local) is { } call && RunsThrough(call))
            {
                if (IsInLoopOf(call, variable))
                {
                    return InLoop;
                }

                times++;
            }
        }

        return times;
    }

    private static IInvocationOperation? Call(IOperation view)
    {
        var value = view;
        while (value.Parent is IConversionOperation conversion)
        {
            value = conversion;
        }

        return value.Parent is IArgumentOperation { Parent: IInvocationOperation call } ? call : null;
    }

    private bool RunsThrough(IInvocationOperation call)
    {
        if (readers.Contains(call.TargetMethod))
        {
            return true;
        }

        for (var type = call.TargetMethod.ContainingType; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, catalog))
            {
                return call.TargetMethod.Name.StartsWith("Evaluate", System.StringComparison.Ordinal);
            }
        }

        return false;
    }

    private static bool IsInLoopOf(IOperation call, IVariableDeclaratorOperation variable)
    {
        for (var outer = call.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is ILoopOperation loop
                && loop.Body.Syntax.Span.Contains(call.Syntax.Span)
                && !loop.Syntax.Span.Contains(variable.Syntax.Span))
            {
                return true;
            }
        }

        return false;
    }
}
