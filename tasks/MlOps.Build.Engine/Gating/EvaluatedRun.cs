using MlOps.Build.Contracts;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Gating;

/// <summary>Where a run keeps what the gate reads and writes.</summary>
public static class EvaluatedRun
{
    public const string EvaluationFile = "evaluation.json";
    public const string VerdictFile = "verdict.json";

    /// <summary>The evaluation of a run, or of the newest run that has one.</summary>
    /// <exception cref="ProblemException">MLO2314: there is none; MLO2406: there is no such run.</exception>
    public static string Find(RunStore runs, string? run)
    {
        var folder = run is null
            ? runs.NewestFirst().Select(stored => stored.Folder).FirstOrDefault(HasEvaluation)
            : runs.Find(run, RunKind.Pipeline).Folder;
        return folder is not null && HasEvaluation(folder)
            ? Path.Combine(folder, EvaluationFile)
            : throw new ProblemException(new Problem(
                "MLO2314",
                "There is no evaluation to judge.",
                run is null ? "No run of this project has one." : $"The run '{run}' has none.",
                "Run `mlops run`, or name a file with `--evaluation`.")
            { Exit = ExitCode.Unavailable });
    }

    private static bool HasEvaluation(string folder) => File.Exists(Path.Combine(folder, EvaluationFile));
}
