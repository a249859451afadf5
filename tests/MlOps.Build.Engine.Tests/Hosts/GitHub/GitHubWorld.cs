using System.Globalization;
using System.Text.Json;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.GitHub;

namespace MlOps.Build.Engine.Tests.Hosts.GitHub;

/// <summary>A job on GitHub in a folder of its own, with a server that remembers.</summary>
internal sealed class GitHubWorld : IEnvironment, IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops-github");

    public GitHubWorld()
    {
        Variables = variables;
        variables["GITHUB_ACTIONS"] = "true";
        variables["GITHUB_API_URL"] = "https://api.github.test";
        variables["GITHUB_REPOSITORY"] = "octo/flights";
        variables["GITHUB_RUN_ID"] = "19283746";
        variables["GITHUB_RUN_ATTEMPT"] = "2";
        variables["GITHUB_WORKFLOW_REF"] = "octo/flights/.github/workflows/mlops.yml@refs/pull/7/merge";
        variables["GITHUB_OUTPUT"] = Path.Combine(folder.FullName, "output.txt");
        variables["GITHUB_STEP_SUMMARY"] = Path.Combine(folder.FullName, "summary.md");
        variables["INPUT_GITHUB-TOKEN"] = "ghs_secret";
        Event("pull_request", PullRequest());
    }

    public FakeGitHub Server { get; } = new();

    public SkippingTime Time { get; } = new(Noon);

    public StringWriter Commands { get; } = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>What the calls go through; the server itself where nothing is said.</summary>
    public Func<HttpMessageHandler>? Network { get; set; }

    public GitHubHost Host() => new(this, Commands, new() { Handler = Network ?? (() => Server), Time = Time, Jitter = () => 0.5 });

    public GitHubWorld With(string name, string? value)
    {
        variables.Remove(name);
        if (value is not null)
        {
            variables[name] = value;
        }

        return this;
    }

    public GitHubWorld Event(string name, string json)
    {
        var file = Path.Combine(folder.FullName, "event.json");
        File.WriteAllText(file, json);
        return With("GITHUB_EVENT_NAME", name).With("GITHUB_EVENT_PATH", file);
    }

    public string Output => File.ReadAllText(variables["GITHUB_OUTPUT"]);

    public string Summary => File.ReadAllText(variables["GITHUB_STEP_SUMMARY"]);

    public static string PullRequest(string? headRepository = "octo/flights", string sha = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa") => JsonSerializer.Serialize(new
    {
        action = "synchronize",
        number = 7,
        pull_request = new
        {
            number = 7,
            merge_commit_sha = new string('f', 40),
            head = new { sha, @ref = "topic", repo = headRepository is null ? null : new { full_name = headRepository } },
            @base = new { sha = new string('b', 40), @ref = "main", repo = new { full_name = "octo/flights" } },
        },
    });

    public static StickyComment Comment(string markdown = "### ✅ Pass", string verdict = "pass", string model = "late-flights", DateTimeOffset? at = null) => new()
    {
        Model = model,
        HeadSha = new string('a', 40),
        ValidAt = at ?? Noon,
        Verdict = verdict,
        VerdictDigest = null,
        NeedsAction = verdict is not ("pass" or "warn"),
        Markdown = markdown,
    };

    public void Dispose()
    {
        Server.Dispose();
        Commands.Dispose();
        folder.Delete(recursive: true);
    }
}
