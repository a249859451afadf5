using System.Runtime.InteropServices;

namespace MlOps.Build.Training;

/// <summary>The edge of a trainer process: environment, streams, signals and clock.</summary>
internal sealed record HostWorld
{
    /// <summary>How long a stopped training may take to notice; the engine kills after 10 s.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);

    public required Func<string, string?> Variable { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Its end asks an engine's child to stop.</summary>
    public required Stream Input { get; init; }

    /// <summary>
    /// Whether that counts: only where there is no SIGTERM, because elsewhere stdin may be empty from the start.
    /// </summary>
    public required bool StopsWhenInputEnds { get; init; }

    public required TimeProvider Time { get; init; }

#pragma warning disable RS0030 // This is the one place that touches the console and the environment.
    public static async Task<int> RunHereAsync(
        string[] args, IModelDefinition definition, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var world = new HostWorld
        {
            Variable = Environment.GetEnvironmentVariable,
            Error = Console.Error,
            Input = Console.OpenStandardInput(),
            StopsWhenInputEnds = OperatingSystem.IsWindows(),
            Time = TimeProvider.System,
        };
        return await new RequestRun(world, definition).RunAsync(args, stop);
    }
#pragma warning restore RS0030
}
