using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Tracking;

/// <summary>Paths that are gone again soon: what is saved there is on its way to somewhere else.</summary>
internal static class TemporaryPath
{
    public static bool Is(IOperation path)
    {
        foreach (var operation in LocalFlow.Origin(path).DescendantsAndSelf())
        {
            if (operation is IInvocationOperation { TargetMethod: { Name: "GetTempPath" or "GetTempFileName", ContainingType: { Name: "Path" } } }
                or IInvocationOperation { TargetMethod: { Name: "CreateTempSubdirectory", ContainingType: { Name: "Directory" } } }
                || (operation is ILocalReferenceOperation local && LocalFlow.Origin(local) is { } origin && origin != local && Is(origin)))
            {
                return true;
            }
        }

        return false;
    }
}
