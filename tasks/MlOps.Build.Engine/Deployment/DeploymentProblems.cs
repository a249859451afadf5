using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Deployment;

internal static class DeploymentProblems
{
    public static ProblemException Overtaken(DeploymentRecord wanted, DeploymentRecord current)
        => new(new Problem(
            "MLO2709",
            $"'{wanted.Environment}' was changed by somebody else meanwhile.",
            FormattableString.Invariant($"deployment.json is at generation {current.Generation}, ")
                + FormattableString.Invariant($"generation {wanted.Generation} was to be written."),
            "Look at `mlops status` and run the command again if it is still wanted.")
        {
            Exit = ExitCode.Unavailable,
        });

    public static ProblemException ChangedFiles(string environment, string fault)
        => Refused(
            "MLO2710",
            $"'{environment}' does not hold the bytes that were deployed.",
            fault,
            "Find out who writes there, delete that model's folder and run the command again.");

    public static ProblemException Disagree(string environment, string fault)
        => Refused(
            "MLO2711",
            $"'{environment}' and the registry disagree.",
            fault,
            "Somebody changed one of them by hand, or restored a copy: restore the other one too, then run the command again.");

    public static ProblemException NotSure(string environment, string to)
        => new(new Problem(
            "MLO2712",
            $"A rollback of '{environment}' was not confirmed.",
            $"It would exchange what answers there for {to}.",
            "Add `--yes`."));

    public static ProblemException NothingBefore(string environment, string? current)
        => new(new Problem(
            "MLO2713",
            $"'{environment}' cannot go back.",
            current is null ? "Nothing was promoted there yet." : $"There was nothing good before {current}.",
            "Deploy another model: `mlops models list` shows what is there.")
        {
            Exit = ExitCode.Unavailable,
        });

    public static ProblemException NotServed(string environment, string expected, string? current)
        => Refused(
            "MLO2714",
            $"The rollback of '{environment}' was not done.",
            $"It serves {current ?? "nothing"}, not {expected}.",
            "Look at `mlops status`; without `--from` the rollback starts from what is served.");

    public static ProblemException Refused(string code, string what, string why, string fix)
        => new(new Problem(code, what, why, fix) { Exit = ExitCode.Refused });
}
