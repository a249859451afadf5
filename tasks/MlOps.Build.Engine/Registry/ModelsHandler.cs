using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Registry;

/// <summary>Reads the registry for people.</summary>
public sealed class ModelsHandler(string model, RegistryLog log, PackageBlobs blobs)
{
    /// <summary>The packages, newest first.</summary>
    public async Task<ModelsAnswer> ListAsync(CancellationToken cancellationToken)
    {
        var state = await log.StateAsync(model, cancellationToken);
        return new ModelsAnswer
        {
            Model = model,
            Packages = [.. state.Packages.Reverse().DistinctBy(package => package.Body.ManifestDigest)
                .Where(package => IsNewest(state, package.Body) || state.Promoted.Values.Contains(package.Body.ManifestDigest))
                .Select(package => Summary(state, package))],
        };
    }

    /// <summary>One package with all that is known of it.</summary>
    /// <exception cref="ProblemException">MLO2507, MLO2517: it is damaged, or there is none.</exception>
    public async Task<ModelAnswer> ShowAsync(string? words, CancellationToken cancellationToken)
    {
        var state = await log.StateAsync(model, cancellationToken);
        var digest = ModelReference.Resolve(state, words);
        var promoted = words is null ? null : state.Promoted.GetValueOrDefault(words);
        var package = state.Packages.LastOrDefault(item => item.Body.ManifestDigest == promoted)
            ?? state.Packages.Last(item => item.Body.ModelDigest == digest);
        var judged = Judged(state, package.Body);
        var verdict = judged is null ? null : await blobs.VerdictAsync(judged.Body.VerdictDigest, cancellationToken);
        return new ModelAnswer
        {
            Summary = Summary(state, package),
            Manifest = await blobs.ManifestAsync(package.Body.ManifestDigest, cancellationToken),
            VerdictSentence = verdict?.Sentence,
        };
    }

    /// <summary>What happened, and what served at a moment.</summary>
    public async Task<HistoryAnswer> HistoryAsync(DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var all = (await log.ReadAsync(model, cancellationToken)).Events;
        var events = at is null ? all : [.. all.Where(item => item.At <= at)];
        var served = RegistryState.From(events).Served;
        return new HistoryAnswer
        {
            Model = model,
            At = at?.ToUniversalTime(),
            Served = [.. served.GroupBy(change => change.Environment, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new ServedModel(group.Key, group.Last().ModelDigest, group.Last().At))],
            Events = [.. events.Select(item =>
                new HistoryEvent(item.Seq, item.At, item.Actor, item.Type, EventSentence.Of(item)))],
        };
    }

    private static JudgedPackage? Judged(RegistryState state, RegisteredBody package)
        => state.Verdicts.LastOrDefault(verdict => verdict.Body.ManifestDigest == package.ManifestDigest);

    private static bool IsNewest(RegistryState state, RegisteredBody package)
        => state.Packages.Last(item => item.Body.ModelDigest == package.ModelDigest).Body.ManifestDigest == package.ManifestDigest;

    /// <summary>An alias names the package that was promoted under it, and the newest of a model where none was.</summary>
    private static bool IsNamed(RegistryState state, string alias, RegisteredBody package)
        => state.Aliases[alias] == package.ModelDigest
            && (state.Promoted.GetValueOrDefault(alias) is { } manifest ? manifest == package.ManifestDigest : IsNewest(state, package));

    private static ModelSummary Summary(RegistryState state, RegisteredPackage package) => new()
    {
        ModelDigest = package.Body.ModelDigest,
        RegisteredAt = package.At,
        Actor = package.Actor,
        RunId = package.Body.RunId,
        Verdict = Judged(state, package.Body)?.Body.Verdict,
        VerdictExpiresAt = Judged(state, package.Body)?.Body.ExpiresAt,
        Aliases = [.. state.Aliases.Keys.Where(alias => IsNamed(state, alias, package.Body)).Order(StringComparer.Ordinal)],
    };
}
