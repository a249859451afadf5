using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Registry;

/// <summary>What asks to enter the registry.</summary>
public sealed record Candidate
{
    public required RunRecord Pipeline { get; init; }

    public required RunRecord Training { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Digest of <c>evaluation.json</c> in canonical form.</summary>
    public required string EvaluationDigest { get; init; }

    /// <summary>Merkle root of the files in the training run's <c>model/</c>.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>Whether the user asked to admit a first model.</summary>
    public required bool Bootstrap { get; init; }

    /// <summary>Whether this is a first model that nothing was compared with.</summary>
    public bool IsFirst => Verdict.Subject.Baselines.Length == 0;
}

/// <summary>Decides whether a run may enter the registry.</summary>
public static class Admission
{
    private const string RunAgain = "Run `mlops run --mode full` again and register its result.";

    /// <summary>The reason to refuse, or null.</summary>
    public static Problem? Refusal(Candidate candidate, string? champion, DateTimeOffset now)
        => OfRun(candidate) ?? OfDigests(candidate) ?? OfVerdict(candidate, now) ?? OfChampion(candidate, champion);

    /// <summary>The verdict must be about the scorer of the package and that of the champion.</summary>
    public static Problem? OfScorers(Candidate candidate, ModelManifest manifest, ModelManifest? champion)
    {
        var subject = candidate.Verdict.Subject;
        return subject.ChallengerScorers is [var judged] && judged != PackageIdentity.Of(manifest.Scorer)
                ? Refuse(
                    "MLO2516",
                    candidate.Pipeline,
                    $"The package's scorer is {PackageIdentity.Of(manifest.Scorer)}, the verdict was given on predictions of {judged}.")
            : champion is not null && subject.BaselineScorers is [var baseline] && baseline != PackageIdentity.Of(champion.Scorer)
                ? Refuse(
                    "MLO2513",
                    candidate.Pipeline,
                    $"It was compared with the champion scored by {baseline}, "
                        + $"the champion's scorer now is {PackageIdentity.Of(champion.Scorer)}.")
            : null;
    }

    /// <summary>The champion may have become another package of the same model since it was looked at.</summary>
    public static Problem? OfMoved(Candidate candidate, RegistryState before, RegistryState now)
        => before.ChampionManifest == now.ChampionManifest
            ? null
            : Refuse("MLO2513", candidate.Pipeline, "The champion's package changed while this one was registered.");

    private static Problem? OfRun(Candidate candidate)
    {
        var run = candidate.Pipeline;
        var verdict = candidate.Verdict;
        return run switch
        {
            { Kind: not RunKind.Pipeline } => Refuse("MLO2510", run, "It is a single training that no gate has judged."),
            { Status: not RunStatus.Finished } => Refuse("MLO2510", run, $"It is {Word(run.Status)}, not finished."),
            { Mode: not RunMode.Full } => Refuse("MLO2510", run, "It is a pull-request run: it trained on a sample."),
            _ when verdict.Mode is not RunMode.Full => Refuse("MLO2510", run, "Its verdict was given in pull-request mode."),
            _ when verdict.Model != run.Model => Refuse(
                "MLO2516", run, $"Its verdict is about '{verdict.Model}', it trained '{run.Model}'."),
            _ => null,
        };
    }

    private static Problem? OfDigests(Candidate candidate)
    {
        var subject = candidate.Verdict.Subject;
        var run = candidate.Pipeline;
        return candidate.EvaluationDigest != subject.Evaluation
                ? Refuse(
                    "MLO2516", run, $"evaluation.json has {candidate.EvaluationDigest}, the verdict was given on {subject.Evaluation}.")
            : subject.Challengers is not [var judged] || judged != candidate.ModelDigest
                ? Refuse(
                    "MLO2516",
                    run,
                    $"The model's files have {candidate.ModelDigest}, the verdict was given on {string.Join(", ", subject.Challengers)}.")
            : candidate.Training.ModelDigest != candidate.ModelDigest
                ? Refuse(
                    "MLO2516",
                    run,
                    $"The model's files have {candidate.ModelDigest}, training recorded {candidate.Training.ModelDigest ?? "nothing"}.")
            : null;
    }

    private static Problem? OfVerdict(Candidate candidate, DateTimeOffset now)
    {
        var verdict = candidate.Verdict;
        var passes = verdict.Kind is VerdictKind.Pass or VerdictKind.Warn
            || (verdict.Kind is VerdictKind.Inconclusive && candidate.IsFirst && candidate.Bootstrap);
        return !passes
                ? Refuse(
                    "MLO2511",
                    candidate.Pipeline,
                    $"Its verdict is '{Word(verdict.Kind)}': {verdict.Sentence}",
                    "Mend what `mlops gate explain` names.")
            : verdict.ExpiresAt <= now
                ? Refuse(
                    "MLO2512",
                    candidate.Pipeline,
                    FormattableString.Invariant($"Its verdict ended on {verdict.ExpiresAt:yyyy-MM-dd HH:mm}Z."))
            : null;
    }

    private static Problem? OfChampion(Candidate candidate, string? champion)
    {
        var baselines = candidate.Verdict.Subject.Baselines;
        return (candidate.IsFirst || candidate.Bootstrap || candidate.Verdict.Bootstrap, champion) switch
        {
            (true, not null) => Refuse(
                "MLO2514", candidate.Pipeline, $"There is a champion, {champion}, and this model was not compared with it."),
            (true, null) when !(candidate.Bootstrap || candidate.Verdict.Bootstrap) => Refuse(
                "MLO2514", candidate.Pipeline, "It is a first model: nothing was there to compare it with.",
                "Say so with `--bootstrap`; the registry records it."),
            (false, _) when baselines is not [var baseline] || baseline != champion => Refuse(
                "MLO2513", candidate.Pipeline,
                $"It was compared with {string.Join(", ", baselines)}, the champion is {champion ?? "none"}."),
            _ => null,
        };
    }

    private static Problem Refuse(string code, RunRecord run, string why, string fix = RunAgain)
        => new(code, $"The run {run.Id} cannot be registered.", why, fix) { Exit = ExitCode.Refused };

    private static string Word<T>(T value)
        where T : struct, Enum
        => value.ToString().ToLowerInvariant();
}
