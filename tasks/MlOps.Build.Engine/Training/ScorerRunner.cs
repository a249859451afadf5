using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Training;

/// <summary>Speaks the scorer side of the protocol: starts a scorer and checks what it wrote.</summary>
public sealed class ScorerRunner(IProcessRunner processes, IEnvironment environment, IProgressLog log)
{
    /// <summary>Scores; a file that does not hold is deleted, so that nobody reads it.</summary>
    /// <exception cref="ProblemException">MLO2201 to MLO2204, MLO2210 to MLO2212: what went wrong.</exception>
    public async Task<ScoredRun> ScoreAsync(ScoringJob job, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(job.Output))!;
        Directory.CreateDirectory(folder);
        File.Delete(job.Output);
        File.Delete(TimingsFile(job));
        var requestFile = Path.Combine(folder, Path.GetFileNameWithoutExtension(job.Output) + ".score-request.json");
        AtomicFile.Write(requestFile, Request(job));
        var process = Process(job, requestFile);
        var isChecked = false;
        try
        {
            var result = await processes.RunAsync(process, cancellationToken);
            var what = $"The {job.Name} could not be scored.";
            if (!result.Succeeded)
            {
                throw ProgramFailure.Of(what, process, result);
            }

            var rows = PredictionCheck.Check(job.Holdout, job.Output, job.Task, what);
            isChecked = true;
            var (timings, why) = job.TimedRows is { } asked
                ? TimingsCheck.Read(TimingsFile(job), (int)Math.Min(asked, rows), result.Elapsed)
                : (null, null);
            return new ScoredRun(job.Output, Digest.OfFile(job.Output), rows, result.Elapsed.TotalSeconds, result.PeakMemoryBytes)
            {
                Timings = timings,
                WhyNoTimings = why,
            };
        }
        finally
        {
            if (!isChecked)
            {
                File.Delete(job.Output);
            }
        }
    }

    private static ScoreRequest Request(ScoringJob job) => new()
    {
        ModelDirectory = Path.GetFullPath(job.ModelFolder),
        Data = Path.GetFullPath(job.Holdout),
        Output = Path.GetFullPath(job.Output),
        Columns = job.Columns,
        Task = job.Task,
        Threads = job.Threads,
        Timings = job.TimedRows is { } rows ? new() { Output = TimingsFile(job), Rows = rows } : null,
    };

    private static string TimingsFile(ScoringJob job) => Path.GetFullPath(Path.ChangeExtension(job.Output, ".timings.json"));

    private ProcessRequest Process(ScoringJob job, string requestFile) => new()
    {
        Program = job.Program.Command[0],
        Arguments = [.. job.Program.Command.Skip(1)],
        WorkingDirectory = job.Program.WorkingDirectory,
        Environment = TrainerEnvironment.ForTrainer(environment.Variables, requestFile),
        OnLine = new OutputRelay(log, job.Name).Line,
        LineLimit = OutputRelay.Limit + 100,
        StopsWhenInputEnds = true,
        IsFenced = true,
        Timeout = job.BudgetTime,
        MemoryBytes = job.BudgetMemoryBytes,
    };
}
