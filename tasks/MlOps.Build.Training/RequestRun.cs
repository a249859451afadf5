using System.Globalization;
using System.Text.Json;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>Finds the request, answers it, and turns every end into an exit code.</summary>
internal sealed class RequestRun(HostWorld world, IModelDefinition definition)
{
    internal const string RequestVariable = "MLOPS_REQUEST";

    public async Task<int> RunAsync(string[] args, CancellationTokenSource stop)
    {
        try
        {
            var work = Work(RequestPath(args), stop.Token);
            WatchInput(stop);
            return (int)await WithGraceAsync(Task.Run(() => Invariantly(work), CancellationToken.None), stop.Token);
        }
        catch (ProblemException exception)
        {
            Print(exception.Problem);
            return (int)exception.Problem.Exit;
        }
#pragma warning disable CA1031 // The top of the program: whatever the model's own code throws becomes one message.
        catch (Exception) when (stop.IsCancellationRequested)
        {
            await world.Error.WriteLineAsync("stopped; nothing was trained or scored");
            return (int)ExitCode.Cancelled;
        }
        catch (Exception exception)
        {
            Print(new Problem(
                "MLO2232",
                "The model's code failed.",
                $"{exception.GetType().Name}: {exception.Message}",
                "Correct the model; the stack trace below shows where.")
            { Exit = ExitCode.Bug });
            await world.Error.WriteLineAsync(exception.ToString());
            return (int)ExitCode.Bug;
        }
#pragma warning restore CA1031
    }

    private Action Work(string path, CancellationToken cancellationToken)
    {
        if (Schema(path) == ScoreRequest.SchemaId)
        {
            var score = Documents.Read<ScoreRequest>(path);
            return () => new ScoreRun(score, definition).Run(cancellationToken);
        }

        var train = Documents.Read<TrainRequest>(path);
        return () => new TrainRun(train, definition, world.Time).Run(cancellationToken);
    }

    // ML.NET sorts keys and writes numbers in the culture of the thread: a German laptop would train another model.
    private static void Invariantly(Action work)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        work();
    }

    private static async Task<ExitCode> WithGraceAsync(Task work, CancellationToken stop)
    {
        await Task.WhenAny(work, Task.Delay(Timeout.Infinite, stop));
        await work.WaitAsync(stop.IsCancellationRequested ? HostWorld.Grace : Timeout.InfiniteTimeSpan, CancellationToken.None);
        return ExitCode.Ok;
    }

    private void WatchInput(CancellationTokenSource stop)
    {
        if (world.StopsWhenInputEnds && world.Variable(RequestVariable) is { Length: > 0 })
        {
            _ = Task.Run(async () =>
            {
                await world.Input.CopyToAsync(Stream.Null, stop.Token);
                await stop.CancelAsync();
            });
        }
    }

    private string RequestPath(string[] args)
        => args is ["--request", var path, ..] ? path
            : world.Variable(RequestVariable) is { Length: > 0 } named ? named
            : throw new ProblemException(new Problem(
                "MLO2220",
                "The trainer was started without a request.",
                $"The environment variable {RequestVariable} is not set.",
                "Start it with `mlops run`, or pass `--request <path>`."));

    private static string? Schema(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.Exists(path) ? File.ReadAllBytes(path) : []);
            return document.RootElement.TryGetProperty("schema", out var schema) ? schema.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private void Print(Problem problem)
    {
        world.Error.WriteLine($"error {problem.Code}: {problem.What}");
        world.Error.WriteLine($"  {problem.Why}");
        world.Error.WriteLine($"  fix: {problem.Fix}");
    }
}
