using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Training;

/// <summary>What a trainer is started with.</summary>
public sealed record TrainerStart
{
    /// <summary>What progress and messages call it.</summary>
    public required string Name { get; init; }

    public required BuiltProgram Program { get; init; }

    public required TrainRequest Request { get; init; }

    public required StopConfiguration Stop { get; init; }
}

/// <summary>What a trainer left.</summary>
/// <param name="Training">What it said about itself.</param>
/// <param name="ModelFiles">The files of its model.</param>
/// <param name="ModelDigest">Their Merkle root.</param>
/// <param name="Process">How its process ended.</param>
public sealed record TrainerResult(
    TrainingRecord Training, FileDigest[] ModelFiles, string ModelDigest, ProcessResult Process);

/// <summary>Speaks the trainer protocol: starts a trainer, follows its events, stops it, checks what it wrote.</summary>
public sealed class TrainerRunner(
    IProcessRunner processes, IEnvironment environment, IProgressLog log, TimeProvider time)
{
    private static readonly TimeSpan EventInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Trains.</summary>
    /// <exception cref="ProblemException">MLO2201 to MLO2206 and MLO2208: what went wrong.</exception>
    public async Task<TrainerResult> TrainAsync(TrainerStart start, CancellationToken cancellationToken)
    {
        var output = start.Request.OutputDirectory;
        var requestFile = Path.Combine(output, "train-request.json");
        AtomicFile.Write(requestFile, start.Request);

        using var stop = new CancellationTokenSource();
        using var ended = new CancellationTokenSource();
        var watch = new TrainingWatch(start, log, time, stop);
        var tail = new EventTail(Path.Combine(output, "events.jsonl"), watch.Observe);
        var process = Process(start, requestFile, stop.Token);
        var following = tail.FollowAsync(EventInterval, time, ended.Token);
        ProcessResult result;
        try
        {
            result = await processes.RunAsync(process, cancellationToken);
        }
        finally
        {
            await ended.CancelAsync();
            await following;
        }

        Warn(start.Name, result, tail.BadLines);
        return Check(start, process, result, watch);
    }

    private ProcessRequest Process(TrainerStart start, string requestFile, CancellationToken stop) => new()
    {
        Program = start.Program.Command[0],
        Arguments = [.. start.Program.Command.Skip(1)],
        WorkingDirectory = start.Program.WorkingDirectory,
        Environment = TrainerEnvironment.ForTrainer(environment.Variables, requestFile),
        OnLine = new OutputRelay(log, start.Name).Line,
        LineLimit = OutputRelay.Limit + 100,
        StopsWhenInputEnds = true,
        IsFenced = true,
        Timeout = start.Request.Budget.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        MemoryBytes = start.Request.Budget.Bytes,
        Stop = stop,
    };

    private void Warn(string name, ProcessResult result, int badLines)
    {
        if (badLines > 0)
        {
            log.Warn($"{name}: {badLines} lines of events.jsonl are no events and were passed over.");
        }

        if (result.Orphans > 0)
        {
            log.Warn($"{name} left {result.Orphans} processes behind; they were ended.");
        }
    }

    private static TrainerResult Check(
        TrainerStart start, ProcessRequest process, ProcessResult result, TrainingWatch watch)
    {
        var what = $"The {start.Name} could not be trained.";
        if (watch.Reason == StopReason.Diverged)
        {
            throw new ProblemException(new Problem(
                "MLO2208",
                what,
                $"The training diverged: {watch.LastEvent} is not finite or has exploded.",
                "Lower the learning rate or clean the data; `train.stop.diverged: false` in mlops.yml turns the check off."));
        }

        // A trainer that was asked to stop, listened and wrote everything has succeeded.
        var hasListened = result.End is ProcessEnd.Stopped or ProcessEnd.TimedOut
            && result.ExitCode == 0
            && File.Exists(Path.Combine(start.Request.OutputDirectory, "training.json"));
        if (!result.Succeeded && !hasListened)
        {
            throw ProgramFailure.Of(what, process, result);
        }

        var training = ReadRecord(start.Request.OutputDirectory);
        var files = ModelFolder.Read(Path.Combine(start.Request.OutputDirectory, "model"));
        return new TrainerResult(training, files, Digest.MerkleRoot(files), result);
    }

    private static TrainingRecord ReadRecord(string folder)
    {
        try
        {
            return Documents.Read<TrainingRecord>(Path.Combine(folder, "training.json"));
        }
        catch (ProblemException exception)
        {
            throw new ProblemException(
                new Problem(
                    "MLO2206",
                    "The trainer's record 'training.json' could not be read.",
                    exception.Problem.Why,
                    "Write it last, in the form of docs/schemas/training.1.schema.json, into '<outputDirectory>' of the request."),
                exception);
        }
    }
}
