using MlOps.Build.Engine.Tests.Hosts.GitHub;
using MlOps.Build.Tool.Tests.Verbs.Run;

namespace MlOps.Build.Tool.Tests.Verbs.Ci;

/// <summary>A job on a pull request of GitHub: the project, the files of the runner, and a GitHub that remembers.</summary>
internal sealed class PullRequestJob : IDisposable
{
    private readonly GitHubServer server;

    public PullRequestJob()
    {
        server = new(GitHub);
        Project.Commit();
    }

    public PipelineProject Project { get; } = new();

    public FakeGitHub GitHub { get; } = new();

    public string Runner => Project.Folder + ".runner";

    public string Outputs => Path.Combine(Runner, "output.txt");

    public string Summary => Path.Combine(Runner, "summary.md");

    /// <summary>One more push to the pull request's branch.</summary>
    public void Push(string parameters, string more = "", string repository = "octo/flights")
    {
        Project.Settings(parameters, more: more);
        Project.Write("remark.txt", parameters + more);
        if (!Directory.Exists(Runner))
        {
            Project.Git("checkout", "--quiet", "-b", "topic");
            Directory.CreateDirectory(Runner);
        }

        Project.Commit();
        GitHub.Head = Project.Read(".git/refs/heads/topic").Trim();
        File.WriteAllText(Path.Combine(Runner, "event.json"), GitHubWorld.PullRequest(repository, GitHub.Head));
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_API_URL"] = server.Address.AbsoluteUri,
            ["GITHUB_REPOSITORY"] = "octo/flights",
            ["GITHUB_RUN_ID"] = "19283746",
            ["GITHUB_EVENT_NAME"] = "pull_request",
            ["GITHUB_EVENT_PATH"] = Path.Combine(Runner, "event.json"),
            ["GITHUB_OUTPUT"] = Outputs,
            ["GITHUB_STEP_SUMMARY"] = Summary,
            ["INPUT_BASE"] = "main",
            ["INPUT_GITHUB-TOKEN"] = "ghs_secret",
        })
        {
            Project.Variables[name] = value;
        }
    }

    public void Dispose()
    {
        server.Dispose();
        GitHub.Dispose();
        Project.Dispose();
        if (Directory.Exists(Runner))
        {
            Directory.Delete(Runner, recursive: true);
        }
    }
}
