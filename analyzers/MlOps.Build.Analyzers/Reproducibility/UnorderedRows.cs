using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>Sequences whose order is not the same on each run or machine.</summary>
internal sealed class UnorderedRows(MlNetSymbols symbols)
{
    private readonly MethodSet parallel = symbols.Methods("System.Linq.ParallelEnumerable", "AsParallel");
    private readonly MethodSet files = symbols.Methods(
        "System.IO.Directory",
        "GetFiles", "EnumerateFiles", "GetDirectories", "EnumerateDirectories", "GetFileSystemEntries", "EnumerateFileSystemEntries");

    private readonly MethodSet passing = symbols
        .Methods("System.Linq.Enumerable", "Select", "SelectMany", "Where", "ToList", "ToArray", "Take", "Skip", "AsEnumerable", "Concat")
        .Add(symbols.Type("System.Linq.ParallelEnumerable"), "Select", "SelectMany", "Where", "ToList", "ToArray", "AsSequential", "WithDegreeOfParallelism");

    private readonly SortedInPlace sorted = new(symbols);

    /// <summary>The call that leaves the order open, behind steps that keep what they get; null when it is not sure.</summary>
    public IInvocationOperation? Behind(IOperation rows)
    {
        if (sorted.MayBe(rows))
        {
            return null;
        }

        var current = LocalFlow.Origin(rows);
        while (current is IInvocationOperation call)
        {
            if (parallel.Contains(call.TargetMethod) || files.Contains(call.TargetMethod))
            {
                return call;
            }

            if (!passing.Contains(call.TargetMethod) || (call.Instance ?? First(call)) is not { } source || sorted.MayBe(source))
            {
                return null;
            }

            current = LocalFlow.Origin(source);
        }

        return null;
    }

    private static IOperation? First(IInvocationOperation call) => call.Arguments.Length > 0 ? call.Arguments[0].Value : null;
}
