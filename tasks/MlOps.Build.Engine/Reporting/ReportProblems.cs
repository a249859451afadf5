using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Reporting;

/// <summary>What keeps a report from being written, in words.</summary>
internal static class ReportProblems
{
    public static ProblemException NothingJudged() => new(new Problem(
        "MLO2801",
        "There is nothing to report.",
        "No run of this project has a verdict yet.",
        "Run `mlops run` first.")
    { Exit = ExitCode.Unavailable });

    public static ProblemException NoVerdict(RunRecord run) => new(new Problem(
        "MLO2801",
        $"There is nothing to report about run {run.Id}.",
        run.Kind == RunKind.Training
            ? "It is a single training; verdicts belong to the pipeline it was part of."
            : "It ended before the gate gave a verdict.",
        "Name a pipeline that was judged with `--run`; `mlops runs list` shows them.")
    { Exit = ExitCode.Unavailable });

    public static ProblemException OtherEvaluation(string run, string found, string expected) => new(new Problem(
        "MLO2802",
        $"The files of run {run} do not belong together.",
        $"evaluation.json has the digest {found}; the verdict was given on {expected}.",
        "Evaluate and judge anew with `mlops run`; nothing is reported about numbers that were not judged.")
    { Exit = ExitCode.Refused });
}
