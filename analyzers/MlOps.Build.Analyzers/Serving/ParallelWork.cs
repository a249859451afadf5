using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>Lambdas that run on several threads at once, whatever the program is.</summary>
internal sealed class ParallelWork(MlNetSymbols symbols)
{
    private readonly MethodSet parallel = symbols
        .Methods("System.Threading.Tasks.Parallel", "For", "ForEach", "ForAsync", "ForEachAsync")
        .Add(
            symbols.Type("System.Linq.ParallelEnumerable"),
            "Select", "SelectMany", "Where", "ForAll", "Sum", "Average", "Min", "Max", "Count", "Any", "All", "GroupBy", "ToDictionary");

    private readonly MethodSet tasks = symbols
        .Methods("System.Threading.Tasks.Task", "Run")
        .Add(symbols.Type("System.Threading.Tasks.TaskFactory"), "StartNew")
        .Add(symbols.Type("System.Threading.Tasks.TaskFactory`1"), "StartNew")
        .Add(symbols.Type("System.Threading.ThreadPool"), "QueueUserWorkItem", "UnsafeQueueUserWorkItem");

    private readonly MethodSet selects = symbols.Methods("System.Linq.Enumerable", "Select", "SelectMany");

    /// <summary>The name of what runs the lambda on several threads; null when one runs it, or when that is not known.</summary>
    public string? RunnerOf(IAnonymousFunctionOperation lambda)
    {
        if (CallTaking(lambda) is not { } call)
        {
            return null;
        }

        return parallel.Contains(call.TargetMethod) || (tasks.Contains(call.TargetMethod) && IsStartedOften(call))
            ? $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}"
            : null;
    }

    /// <summary>True for a lambda that <c>Task.Run</c> or its like runs once.</summary>
    public bool IsTask(IAnonymousFunctionOperation lambda) =>
        CallTaking(lambda) is { } call && tasks.Contains(call.TargetMethod);

    /// <summary>Started in a loop that waits for nothing, or for each item of a query.</summary>
    private bool IsStartedOften(IInvocationOperation start)
    {
        for (var outer = start.Parent; outer is not null; outer = outer.Parent)
        {
            switch (outer)
            {
                case ILoopOperation loop:
                    return !Waits(loop);
                case IAnonymousFunctionOperation lambda:
                    return CallTaking(lambda) is { } call && selects.Contains(call.TargetMethod);
                case ILocalFunctionOperation:
                    return false;
                default:
                    break;
            }
        }

        return false;
    }

    private static bool Waits(ILoopOperation loop)
    {
        foreach (var operation in loop.Descendants())
        {
            if (operation is IAwaitOperation
                or IInvocationOperation { TargetMethod.Name: "Wait" or "GetResult" or "WaitAll" or "Join" }
                or IPropertyReferenceOperation { Property.Name: "Result" })
            {
                return true;
            }
        }

        return false;
    }

    private static IInvocationOperation? CallTaking(IAnonymousFunctionOperation lambda)
    {
        var value = lambda.Parent;
        while (value is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation)
        {
            value = value.Parent;
        }

        return (value as IArgumentOperation)?.Parent as IInvocationOperation;
    }
}
