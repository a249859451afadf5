using System.Reflection;
using Microsoft.ML;

namespace MlOps.Build.Training;

/// <summary>Stops whatever an <see cref="MLContext"/> does; it is of no use afterwards.</summary>
internal static class Cancellation
{
    // The public wrapper lies in Microsoft.ML.Experimental only: https://github.com/dotnet/machinelearning/pull/2797.
    private static readonly MethodInfo? Method = typeof(MLContext)
        .GetMethod("CancelExecution", BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance);

    public static void Cancel(MLContext ml) => Method?.Invoke(ml, null);
}
