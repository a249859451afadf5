using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Deployment;

/// <summary>Follows the path of a model back to a choice among the files of a folder.</summary>
internal sealed class NewestFile(MlNetSymbols symbols)
{
    private const int Furthest = 16;

    private readonly MethodSet loads = new MethodSet()
        .Add(symbols.Model, "Load", "LoadWithDataLoader")
        .Add(symbols.Type("Microsoft.Extensions.ML.BuilderExtensions"), "FromFile");

    private readonly MethodSet opens = symbols.Methods("System.IO.File", "OpenRead", "Open", "ReadAllBytes");

    private readonly MethodSet lists = symbols
        .Methods("System.IO.Directory", "GetFiles", "EnumerateFiles")
        .Add(symbols.Type("System.IO.DirectoryInfo"), "GetFiles", "EnumerateFiles");

    private readonly MethodSet best = symbols.Methods("System.Linq.Enumerable", "Max", "MaxBy");
    private readonly MethodSet ends = symbols.Methods("System.Linq.Enumerable", "First", "FirstOrDefault", "Last", "LastOrDefault");

    private readonly MethodSet orders = symbols.Methods(
        "System.Linq.Enumerable", "Order", "OrderBy", "OrderDescending", "OrderByDescending", "ThenBy", "ThenByDescending");

    private readonly MethodSet passes = symbols.Methods(
        "System.Linq.Enumerable", "Where", "Select", "ToList", "ToArray", "AsEnumerable", "Reverse", "Take", "Cast");

    /// <summary>What the call loads, when that is the first or last of the files in a folder in some order; null otherwise.</summary>
    public string? Loaded(IInvocationOperation load)
    {
        if (!loads.Contains(load.TargetMethod)
            || (LocalFlow.Argument(load, "filePath") ?? LocalFlow.Argument(load, "stream")) is not { } source)
        {
            return null;
        }

        var current = LocalFlow.Origin(source.Value);
        for (var step = 0; step < Furthest; step++)
        {
            switch (current)
            {
                case IInvocationOperation pick when best.Contains(pick.TargetMethod):
                    return IsOfFolder(Receiver(pick), isOrdered: true) ? "the newest file of a folder" : null;
                case IInvocationOperation pick when ends.Contains(pick.TargetMethod):
                    return IsOfFolder(Receiver(pick), isOrdered: false) ? "the newest file of a folder" : null;
                case IInvocationOperation open when opens.Contains(open.TargetMethod) && LocalFlow.Argument(open, "path") is { } path:
                    current = LocalFlow.Origin(path.Value);
                    break;
                case IInvocationOperation { TargetMethod: { Name: "OpenRead", Parameters.Length: 0 }, Instance: { } file }:
                    current = LocalFlow.Origin(file);
                    break;
                case IPropertyReferenceOperation { Property.Name: "FullName", Instance: { } file }:
                    current = LocalFlow.Origin(file);
                    break;
                case ICoalesceOperation either:
                    current = LocalFlow.Origin(either.Value);
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private bool IsOfFolder(IOperation? files, bool isOrdered)
    {
        var ordered = isOrdered;
        var current = files is null ? null : LocalFlow.Origin(files);
        for (var step = 0; step < Furthest && current is IInvocationOperation call; step++)
        {
            if (lists.Contains(call.TargetMethod))
            {
                return ordered;
            }

            ordered |= orders.Contains(call.TargetMethod);
            if (!orders.Contains(call.TargetMethod) && !passes.Contains(call.TargetMethod))
            {
                return false;
            }

            current = Receiver(call) is { } before ? LocalFlow.Origin(before) : null;
        }

        return false;
    }

    private static IOperation? Receiver(IInvocationOperation call) =>
        call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
}
