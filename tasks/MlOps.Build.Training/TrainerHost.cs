namespace MlOps.Build.Training;

/// <summary>The <c>Main</c> of a trainer project: it answers train requests and score requests.</summary>
public static class TrainerHost
{
    /// <summary>
    /// Reads the request that the environment variable <c>MLOPS_REQUEST</c> names, trains or scores as its schema says,
    /// and returns the exit code for the process.
    /// </summary>
    /// <param name="args">The arguments of the program; <c>--request &lt;path&gt;</c> stands in for the variable.</param>
    /// <param name="definition">The model.</param>
    /// <param name="cancellationToken">Stops the work; the exit code is then 130.</param>
    /// <returns>0 done · 2 the request or the data is wrong · 3 a file is missing · 70 the trainer's code failed · 130 stopped.</returns>
    public static Task<int> RunAsync(
        string[] args, IModelDefinition definition, CancellationToken cancellationToken = default)
        => HostWorld.RunHereAsync(args, definition, cancellationToken);
}
