using System.Text.Json;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Registry;

/// <summary>A package in the registry.</summary>
public sealed record RegisteredPackage(long Seq, DateTimeOffset At, string Actor, RegisteredBody Body);

/// <summary>A verdict on a package.</summary>
public sealed record JudgedPackage(long Seq, DateTimeOffset At, JudgedBody Body);

/// <summary>An approval, with the number of its event.</summary>
public sealed record GivenApproval(long Seq, DateTimeOffset At, ApprovedBody Body);

/// <summary>A refusal, with the number of its event.</summary>
public sealed record GivenRejection(long Seq, RejectedBody Body);

/// <summary>A change of what an environment serves.</summary>
public sealed record ServedChange
{
    public required long Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Environment { get; init; }

    public required string ModelDigest { get; init; }

    /// <summary>The package: one model may be there with several scorers.</summary>
    public required string? ManifestDigest { get; init; }

    /// <summary>What answered before, or null.</summary>
    public required string? Previous { get; init; }

    public required long Generation { get; init; }

    public required bool IsRollback { get; init; }
}

/// <summary>What a model's events add up to. Nothing in it comes from anywhere else.</summary>
public sealed record RegistryState
{
    public RegistryHead Head { get; init; } = new() { Seq = 0, Digest = null };

    public IReadOnlyList<RegistryEvent> Events { get; init; } = [];

    public IReadOnlyList<RegisteredPackage> Packages { get; init; } = [];

    public IReadOnlyList<JudgedPackage> Verdicts { get; init; } = [];

    public IReadOnlyList<GivenApproval> Approvals { get; init; } = [];

    public IReadOnlyList<GivenRejection> Rejections { get; init; } = [];

    /// <summary>Deployments and rollbacks in order.</summary>
    public IReadOnlyList<ServedChange> Served { get; init; } = [];

    /// <summary>Promotions in order.</summary>
    public IReadOnlyList<PromotedBody> Promotions { get; init; } = [];

    /// <summary>Alias to model digest: <c>champion</c>, <c>champion@production</c>, <c>challenger</c>.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Alias to the package that was promoted under it: the same model may have been registered again since, with another scorer.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Promoted { get; init; } = new Dictionary<string, string?>();

    /// <summary>Environment to the packages one can go back to, the one that answers last.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Good { get; init; }
        = new Dictionary<string, IReadOnlyList<string>>();

    public string? Champion => Aliases.GetValueOrDefault("champion");

    /// <summary>The champion's package: the one that was promoted.</summary>
    public string? ChampionManifest => Promoted.GetValueOrDefault("champion");

    /// <summary>The champion of an environment, or null.</summary>
    public string? ChampionOf(string environment) => Aliases.GetValueOrDefault($"champion@{environment}");

    /// <summary>What an environment served at a moment, or null when it served nothing.</summary>
    public string? ServedAt(string environment, DateTimeOffset moment)
        => Served.LastOrDefault(change => change.Environment == environment && change.At <= moment)?.ModelDigest;

    /// <summary>The package of a model that an environment served last, or null.</summary>
    public string? ServedManifest(string environment, string modelDigest)
        => Served.LastOrDefault(change => change.Environment == environment && change.ModelDigest == modelDigest)?.ManifestDigest;

    /// <summary>The package a verdict was given on, with that verdict; null when there is none.</summary>
    public JudgedPackage? Judged(string verdictDigest)
        => Verdicts.LastOrDefault(verdict => verdict.Body.VerdictDigest == verdictDigest);

    /// <summary>The event with a digest, or null.</summary>
    public RegistryEvent? Find(string? digest) => Events.FirstOrDefault(item => item.Digest == digest);

    /// <summary>Adds the events up.</summary>
    public static RegistryState From(IReadOnlyList<RegistryEvent> events)
    {
        var state = new RegistryState
        {
            Events = events,
            Head = new() { Seq = events.Count, Digest = events.Count == 0 ? null : events[^1].Digest },
        };
        return events.Aggregate(state, (sum, item) => sum.With(item));
    }

    private RegistryState With(RegistryEvent item) => item.Type switch
    {
        RegistryEventType.Registered => WithPackage(item, Body<RegisteredBody>(item)),
        RegistryEventType.Judged => this with { Verdicts = [.. Verdicts, new(item.Seq, item.At, Body<JudgedBody>(item))] },
        RegistryEventType.Approved =>
            this with { Approvals = [.. Approvals, new(item.Seq, item.At, Body<ApprovedBody>(item))] },
        RegistryEventType.Rejected => this with { Rejections = [.. Rejections, new(item.Seq, Body<RejectedBody>(item))] },
        RegistryEventType.Deployed => WithDeployment(item, Body<DeployedBody>(item)),
        RegistryEventType.Promoted => WithPromotion(Body<PromotedBody>(item)),
        RegistryEventType.RolledBack => WithRollback(item, Body<RolledBackBody>(item)),
        _ => this,
    };

    private RegistryState WithPackage(RegistryEvent item, RegisteredBody body) => this with
    {
        Packages = [.. Packages, new(item.Seq, item.At, item.Actor, body)],
        Aliases = new Dictionary<string, string>(Aliases) { ["challenger"] = body.ModelDigest },
    };

    private RegistryState WithDeployment(RegistryEvent item, DeployedBody body) => this with
    {
        Served = [.. Served, new ServedChange
        {
            Seq = item.Seq,
            At = item.At,
            Environment = body.Environment,
            ModelDigest = body.ModelDigest,
            ManifestDigest = body.ManifestDigest ?? Judged(body.VerdictDigest)?.Body.ManifestDigest,
            Previous = body.Previous,
            Generation = body.Generation,
            IsRollback = false,
        }],
    };

    private RegistryState WithPromotion(PromotedBody body) => this with
    {
        Promotions = [.. Promotions, body],
        Aliases = Moved(body.Aliases, body.ModelDigest),
        Promoted = With(body.Aliases, body.ManifestDigest ?? ServedManifest(body.Environment, body.ModelDigest)),
        Good = new Dictionary<string, IReadOnlyList<string>>(Good)
        {
            [body.Environment] = [.. GoodOf(body.Environment).Where(digest => digest != body.ModelDigest), body.ModelDigest],
        },
    };

    private RegistryState WithRollback(RegistryEvent item, RolledBackBody body) => this with
    {
        Served = [.. Served, new ServedChange
        {
            Seq = item.Seq,
            At = item.At,
            Environment = body.Environment,
            ModelDigest = body.To,
            ManifestDigest = body.ManifestDigest ?? ServedManifest(body.Environment, body.To),
            Previous = body.From,
            Generation = body.Generation,
            IsRollback = true,
        }],
        Aliases = Moved(body.Aliases, body.To),
        Promoted = With(body.Aliases, body.ManifestDigest ?? ServedManifest(body.Environment, body.To)),
        Good = new Dictionary<string, IReadOnlyList<string>>(Good)
        {
            [body.Environment] = [.. GoodOf(body.Environment).Where(digest => digest != body.From)],
        },
    };

    /// <summary>The packages an environment can go back to, the one that answers last.</summary>
    public IReadOnlyList<string> GoodOf(string environment) => Good.GetValueOrDefault(environment) ?? [];

    private Dictionary<string, string?> With(string[] aliases, string? manifest)
    {
        var promoted = new Dictionary<string, string?>(Promoted);
        foreach (var alias in aliases)
        {
            promoted[alias] = manifest;
        }

        return promoted;
    }

    private Dictionary<string, string> Moved(string[] aliases, string digest)
    {
        var moved = new Dictionary<string, string>(Aliases);
        foreach (var alias in aliases)
        {
            moved[alias] = digest;
        }

        // The champion challenges nobody.
        if (moved.GetValueOrDefault("challenger") == moved.GetValueOrDefault("champion"))
        {
            moved.Remove("challenger");
        }

        return moved;
    }

    private static T Body<T>(RegistryEvent item)
        where T : class
    {
        try
        {
            return item.Body.Deserialize(Documents.TypeInfo<T>()) ?? throw Unreadable(item, "its body is null", null);
        }
        catch (JsonException exception)
        {
            throw Unreadable(item, $"field '{exception.Path}' does not fit", exception);
        }
    }

    private static ProblemException Unreadable(RegistryEvent item, string why, Exception? cause)
        => new(
            new Problem(
                "MLO2502",
                FormattableString.Invariant($"Event {item.Seq} ({item.Type}) of the registry is not understood."),
                $"It is intact, but {why}.",
                "Use the version of mlops that wrote it, or a later one.")
            { Exit = ExitCode.Refused },
            cause);
}
