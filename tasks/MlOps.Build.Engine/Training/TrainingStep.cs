using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Training;

/// <summary>Trains one side once and keeps the run, or finds the run that did the same before.</summary>
public sealed class TrainingStep(
    ProgramBuilder builder, TrainerRunner trainer, RunStore runs, IEnvironment environment, IProgressLog log) : ITrainingStep
{
    /// <inheritdoc/>
    public async Task<TrainedRun> RunAsync(TrainingJob job, CancellationToken cancellationToken)
    {
        var train = job.Side.Configuration.Train;
        var program = await builder.BuildAsync(job.Side.Name, job.Side.Root, train, cancellationToken);
        var key = await KeyAsync(job, program, cancellationToken);
        if (job.UseCache && Reuse(job, key, program) is { } reused)
        {
            return reused;
        }

        using var run = runs.Create((id, at) => NewRecord(job, key, id, at));
        return await run.DoAsync(() => TrainAsync(job, program, run, cancellationToken));
    }

    private async Task<TrainedRun> TrainAsync(
        TrainingJob job, BuiltProgram program, RunHandle run, CancellationToken cancellationToken)
    {
        log.Step($"Training the {NameOf(job)}");
        var result = await trainer.TrainAsync(
            new TrainerStart
            {
                Name = NameOf(job),
                Program = program,
                Request = Request(job, run.Folder),
                Stop = job.Side.Configuration.Train.Stop,
            },
            cancellationToken);
        run.Update(run.Record with
        {
            ModelDigest = result.ModelDigest,
            Timings = [new StepTiming("train", result.Process.Elapsed.TotalSeconds)],
        });
        var record = run.End(RunStatus.Finished);
        if (IsRepeatable(result.Training.Stopped))
        {
            runs.Remember(record);
        }

        return new TrainedRun
        {
            Record = record,
            Folder = run.Folder,
            Training = result.Training,
            ModelFiles = result.ModelFiles,
            Cached = false,
            Process = result.Process,
            TrainerDigest = program.SourceDigest,
        };
    }

    /// <summary>A training that the clock or a person ended would end elsewhere next time.</summary>
    private static bool IsRepeatable(StopReason reason)
        => reason is not (StopReason.OutOfBudget or StopReason.Cancelled or StopReason.Diverged);

    private TrainedRun? Reuse(TrainingJob job, string key, BuiltProgram program)
    {
        if (runs.FindFinished(key) is not { } run)
        {
            return null;
        }

        var model = Path.Combine(run.Folder, "model");
        var files = Directory.Exists(model) ? ModelFolder.Digests(model) : [];
        if (Digest.MerkleRoot(files) != run.Record.ModelDigest)
        {
            log.Warn($"The model of run {run.Record.Id} was changed after its training; it is trained anew.");
            return null;
        }

        log.Step($"The {NameOf(job)} was trained before: run {run.Record.Id} is used again");
        return new TrainedRun
        {
            Record = run.Record,
            Folder = run.Folder,
            Training = Documents.Read<TrainingRecord>(Path.Combine(run.Folder, "training.json")),
            ModelFiles = files,
            Cached = true,
            TrainerDigest = program.SourceDigest,
        };
    }

    private async Task<string> KeyAsync(TrainingJob job, BuiltProgram program, CancellationToken cancellationToken)
    {
        var train = job.Side.Configuration.Train;
        return new CacheKey
        {
            TrainerDigest = program.SourceDigest,
            Program = train.Project is { } project ? [project] : train.Command,
            TrainDigest = Digest.OfFile(job.TrainData),
            ValidationDigest = job.ValidationData is { } validation ? Digest.OfFile(validation) : null,
            Columns = job.Columns,
            Task = job.Side.Configuration.Task,
            Parameters = train.Parameters,
            Seed = job.Seed,
            Threads = train.Threads,
            Stop = FormattableString.Invariant($"{train.Stop.Patience} {train.Stop.Diverged} {train.Stop.Target:R}"),
            Machine = MachineProbe.Current,
            SdkVersion = train.Project is null ? null : await builder.SdkVersionAsync(job.Side.Root, cancellationToken),
            Environment = TrainerEnvironment.ForKey(environment.Variables),
        }.ToDigest();
    }

    private static TrainRequest Request(TrainingJob job, string folder)
    {
        var configuration = job.Side.Configuration;
        return new TrainRequest
        {
            OutputDirectory = Path.GetFullPath(folder),
            TrainData = Path.GetFullPath(job.TrainData),
            ValidationData = job.ValidationData is { } validation ? Path.GetFullPath(validation) : null,
            Columns = job.Columns,
            Task = configuration.Task,
            Seed = job.Seed,
            Threads = configuration.Train.Threads,
            Parameters = configuration.Train.Parameters,
            Budget = new TrainingBudget
            {
                Seconds = configuration.Train.BudgetTime?.TotalSeconds,
                Bytes = configuration.Train.BudgetMemoryBytes,
            },
        };
    }

    private RunRecord NewRecord(TrainingJob job, string key, string id, DateTimeOffset at) => new()
    {
        Id = id,
        Model = job.Side.Configuration.Model,
        Kind = RunKind.Training,
        Mode = job.Mode,
        Status = RunStatus.Started,
        ProblemCode = null,
        StartedAt = at,
        EndedAt = null,
        Git = job.Side.Git,
        Host = HostProbe.Of(environment),
        Machine = MachineProbe.Current,
        SnapshotDigest = job.SnapshotDigest,
        Split = job.Split,
        Sample = job.Sample,
        Seed = job.Seed,
        Parameters = job.Side.Configuration.Train.Parameters,
        CacheKey = key,
        ModelDigest = null,
        PredictionsDigest = null,
        Challengers = [],
        Baselines = [],
        Verdict = null,
        Timings = [],
    };

    private static string NameOf(TrainingJob job)
        => job.Replicates == 1
            ? job.Side.Name
            : FormattableString.Invariant($"{job.Side.Name} {job.Replicate + 1}/{job.Replicates}");
}
