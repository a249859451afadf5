using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.AzureDevOps;

namespace MlOps.Build.Engine.Tests.Hosts.AzureDevOps;

/// <summary>A job of Azure Pipelines for a pull request, before a fake service.</summary>
public sealed class AzureWorld
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public FakeAzureDevOps Service { get; } = new();

    public StringWriter Log { get; } = new() { NewLine = "\n" };

    public FleetingTime Time { get; } = new(Noon.AddMinutes(1));

    public Dictionary<string, string> Variables { get; } = new()
    {
        ["TF_BUILD"] = "True",
        ["SYSTEM_ACCESSTOKEN"] = "secret-token",
        ["SYSTEM_COLLECTIONURI"] = "https://dev.azure.test/org/",
        ["SYSTEM_TEAMPROJECT"] = "Flights",
        ["SYSTEM_TEAMPROJECTID"] = FakeAzureDevOps.ProjectId,
        ["BUILD_BUILDID"] = "7",
        ["BUILD_REPOSITORY_ID"] = "55555555-5555-5555-5555-555555555555",
        ["BUILD_REPOSITORY_NAME"] = "late-flights",
        ["BUILD_REPOSITORY_PROVIDER"] = "TfsGit",
        ["SYSTEM_TIMELINEID"] = FakeAzureDevOps.Timeline,
        ["SYSTEM_STAGENAME"] = "deploy",
        ["SYSTEM_STAGEATTEMPT"] = "2",
        ["SYSTEM_JOBNAME"] = "gate",
        ["SYSTEM_DEFINITIONID"] = "42",
        ["SYSTEM_PULLREQUEST_PULLREQUESTID"] = "12",
        ["SYSTEM_PULLREQUEST_SOURCECOMMITID"] = FakeAzureDevOps.Head,
        ["SYSTEM_PULLREQUEST_TARGETBRANCH"] = "refs/heads/main",
        ["SYSTEM_PULLREQUEST_ISFORK"] = "False",
    };

    /// <summary>The host as a process would make it.</summary>
    /// <param name="wire">What lies between it and the service; nothing where it is left out.</param>
    public AzureDevOpsHost Host(Func<HttpMessageHandler, HttpMessageHandler>? wire = null) => new(new JobVariables(Variables), Log, Network(wire));

    public AzureNetwork Network(Func<HttpMessageHandler, HttpMessageHandler>? wire = null)
        => new() { Handler = () => wire is null ? Service.Handler() : wire(Service.Handler()), Time = Time, Jitter = () => 0.5 };

    public string[] Lines => Log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static StickyComment Comment(string verdict = "pass", string model = "late-flights", string head = FakeAzureDevOps.Head, int minutes = 0, string text = "### passed") => new()
    {
        Model = model,
        HeadSha = head,
        ValidAt = Noon.AddMinutes(minutes),
        Verdict = verdict,
        VerdictDigest = "sha256:9b1c",
        NeedsAction = verdict is "fail",
        Markdown = text,
    };
}

/// <summary>The variables of a job, and nothing of this machine.</summary>
public sealed class JobVariables(IReadOnlyDictionary<string, string> variables) : IEnvironment
{
    public IReadOnlyDictionary<string, string> Variables => variables;
}
