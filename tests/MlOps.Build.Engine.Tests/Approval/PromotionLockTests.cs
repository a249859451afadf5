using System.Diagnostics;
using System.Text.Json.Nodes;
using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Deployment;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Tests.Registry;

namespace MlOps.Build.Engine.Tests.Approval;

/// <summary>A promotion lock counts as it stands on the protected branch, merged by somebody else than its author.</summary>
public sealed class PromotionLockTests : IDisposable, IEnvironment
{
    private const string File = "mlops/promote/production.lock.json";

    private readonly TemporaryFolder folder = new();
    private readonly ReleaseWorld world;
    private readonly Dictionary<string, string> variables = [];

    public PromotionLockTests()
    {
        foreach (var name in (string[])["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "USERPROFILE"])
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables[name] = value;
            }
        }

        world = new ReleaseWorld(folder.Path, TimeProvider.System);
        world.Production = world.Production with { ApprovalSources = [ApprovalSource.LocalKey, ApprovalSource.PromotionLock] };
        world.Create();
        AtomicFile.Write(folder.At(".gitignore"), ".mlops/\ndeploy/\nkeys/*.pem\n");
        Git("dana", "init", "--quiet", "--initial-branch", "main");
        CommitAs("dana");
    }

    IReadOnlyDictionary<string, string> IEnvironment.Variables => variables;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_lock_that_somebody_else_merged_lets_the_model_in_and_is_written_down()
    {
        await GivenMergedAsync("dana", "erik");

        await DeployAsync();

        var given = (await world.StateAsync()).Approvals[^1].Body;
        Assert.Equal((ApprovalSource.PromotionLock, "erik", "requested by robot"), (given.Approval.Source, given.Approval.Approver, given.Approval.Comment));
        Assert.Equal((File, Git("dana", "rev-parse", "HEAD")), (given.Evidence!.Where, given.Evidence.Commit));
        Assert.Equal(ExitCode.Ok, (await world.AuditAsync()).Exit);
    }

    [Fact]
    public async Task A_lock_that_nobody_merged_is_only_a_file()
    {
        await world.GivenAsync("first", "second registered");
        await PromoteAsync();
        Publish();

        await ReleaseFixture.AssertRefused("MLO2706", "there is none at", () => DeployAsync());
    }

    [Theory]
    [InlineData("dana", "dana", "dana wrote it and put it on the branch")]
    [InlineData("dana", "carla", "an author may not approve there")]
    public async Task Nobody_merges_their_own_wish_where_self_approval_is_not_allowed(string author, string merger, string words)
    {
        await GivenMergedAsync(author, merger);

        await ReleaseFixture.AssertRefused("MLO2706", words, () => DeployAsync());
    }

    [Fact]
    public async Task A_lock_that_was_pushed_without_a_merge_is_its_authors_alone()
    {
        await world.GivenAsync("first", "second registered");
        await PromoteAsync();
        CommitAs("dana");
        Publish();

        await ReleaseFixture.AssertRefused("MLO2706", "dana wrote it and put it on the branch", () => DeployAsync());
    }

    [Fact]
    public async Task Where_self_approval_is_allowed_its_author_may_merge_it()
    {
        world.Production = world.Production with { AllowSelfApproval = true };
        await GivenMergedAsync("dana", "dana");

        Assert.Equal(world.DigestOf("second"), (await DeployAsync()).ModelDigest);
    }

    [Theory]
    [InlineData("behind", "and the branch is at")]
    [InlineData("changed", "files that git tracks were changed after the checkout")]
    [InlineData("pull request", "runs code that nobody has merged")]
    [InlineData("merge queue", "The merge queue has not merged it yet")]
    [InlineData("other branch", "is not the default branch")]
    [InlineData("other commit", "and the branch is at")]
    [InlineData("azure pull request", "runs code that nobody has merged")]
    [InlineData("no upstream", "to compare with")]
    [InlineData("other registry file", "there is none at")]
    public async Task Only_the_protected_branch_as_it_was_checked_out_is_believed(string how, string words)
    {
        await GivenMergedAsync("dana", "erik");
        string? file = null;
        switch (how)
        {
            case "behind":
                Git("dana", "update-ref", "refs/remotes/origin/main", "HEAD~1");
                break;
            case "changed":
                AtomicFile.Write(folder.At(".gitignore"), "nothing\n");
                break;
            case "no upstream":
                Git("dana", "update-ref", "-d", "refs/remotes/origin/main");
                break;
            case "other registry file":
                file = "mlops/promote/staging.lock.json";
                break;
            case "azure pull request":
                (variables["TF_BUILD"], variables["BUILD_REASON"]) = ("True", "PullRequest");
                break;
            default:
                OnGitHub(how);
                break;
        }

        await ReleaseFixture.AssertRefused("MLO2706", words, () => DeployAsync(file));
    }

    [Theory]
    [InlineData("modelDigest", "wanted is")]
    [InlineData("verdictDigest", "the verdict now is")]
    [InlineData("championDigest", "the champion now is")]
    [InlineData("environmentDigest", "the terms of 'production' have changed since")]
    [InlineData("registryHead", "the registry it was written in is not this one")]
    [InlineData("environment", "it is about the environment")]
    [InlineData("model", "it is about the model")]
    [InlineData("expiresAt", "it ended on")]
    [InlineData("schema", "it cannot be read")]
    public async Task A_lock_that_names_anything_else_lets_nothing_in(string field, string words)
    {
        await world.GivenAsync("first", "second registered");
        await PromoteAsync();
        var json = JsonNode.Parse(await System.IO.File.ReadAllTextAsync(folder.At(File), TestContext.Current.CancellationToken))!;
        json[field] = field switch
        {
            "expiresAt" => "2020-01-01T00:00:00Z",
            "schema" => "mlops/promotion-lock/9",
            _ when field.EndsWith("Digest", StringComparison.Ordinal) || field == "registryHead" => Digest.Of("another"),
            _ => "another",
        };
        AtomicFile.Write(folder.At(File), json.ToJsonString());
        Merge("dana", "erik");

        await ReleaseFixture.AssertRefused("MLO2706", words, () => DeployAsync());
    }

    [Fact]
    public async Task A_rejection_takes_a_lock_away_and_a_new_one_brings_the_model_back()
    {
        await GivenMergedAsync("dana", "erik");
        await new RejectHandler(world.Project, world.Log).HandleAsync(
            new RejectRequest(world.DigestOf("second"), "production", "not yet"), TestContext.Current.CancellationToken);
        await ReleaseFixture.AssertRefused("MLO2705", "not yet", () => DeployAsync());
        await PromoteAsync();
        Merge("dana", "erik");

        Assert.Equal(world.DigestOf("second"), (await DeployAsync()).ModelDigest);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_the_host_squashed_it_nobody_knows_who_merged_it(bool selfApproval)
    {
        world.Production = world.Production with { AllowSelfApproval = selfApproval };
        await world.GivenAsync("first", "second registered");
        await PromoteAsync();
        CommitAs("dana");
        (variables["GIT_COMMITTER_NAME"], variables["GIT_COMMITTER_EMAIL"]) = ("GitHub", "noreply@github.com");
        Git("dana", "commit", "--quiet", "--amend", "--no-edit");
        Publish();

        if (selfApproval)
        {
            Assert.Equal(world.DigestOf("second"), (await DeployAsync()).ModelDigest);
        }
        else
        {
            await ReleaseFixture.AssertRefused("MLO2706", "nobody knows who merged it", () => DeployAsync());
        }
    }

    [Theory]
    [InlineData("taken back", "the branch has another one by now, or none")]
    [InlineData("never merged", "is no part of `origin/main`")]
    [InlineData("no branch", "there is no branch `origin/main`")]
    public async Task A_run_believes_only_what_the_branch_still_says(string how, string words)
    {
        await GivenMergedAsync("dana", "erik");
        OnGitHub("merged");
        var head = Git("dana", "rev-parse", "HEAD");
        if (how == "no branch")
        {
            Git("dana", "update-ref", "-d", "refs/remotes/origin/main");
        }
        else
        {
            Git("dana", "checkout", "--quiet", "-B", "later", how == "taken back" ? head : $"{head}~1");
            Git("dana", "rm", "--quiet", "--ignore-unmatch", File);
            Git("dana", "commit", "--quiet", "--allow-empty", "-m", "Later");
            Publish();
            Git("dana", "checkout", "--quiet", head);
        }

        await ReleaseFixture.AssertRefused("MLO2706", words, () => DeployAsync());
    }

    [Fact]
    public async Task A_shallow_clone_cannot_say_who_merged_it()
    {
        await GivenMergedAsync("dana", "erik");
        AtomicFile.Write(folder.At(".git", "shallow"), Git("dana", "rev-parse", "HEAD") + "\n");

        await ReleaseFixture.AssertRefused("MLO2706", "too shallow to see who merged it", () => DeployAsync());
    }

    [Fact]
    public async Task On_a_build_server_the_commit_of_the_run_is_what_counts()
    {
        await GivenMergedAsync("dana", "erik");
        OnGitHub("merged");

        Assert.Equal(world.DigestOf("second"), (await DeployAsync()).ModelDigest);
    }

    [Fact]
    public async Task A_lock_is_not_written_where_it_would_not_count()
    {
        world.Production = world.Production with { ApprovalSources = [ApprovalSource.LocalKey] };
        await world.GivenAsync("first", "second registered");

        var problem = await ReleaseFixture.RefusalOf(() => PromoteAsync());

        Assert.Equal("MLO2606", problem.Code);
        Assert.False(System.IO.File.Exists(folder.At(File)));
    }

    private async Task GivenMergedAsync(string author, string merger)
    {
        await world.GivenAsync("first", "second registered");
        await PromoteAsync();
        Merge(author, merger);
    }

    private Task<PromotionLock> PromoteAsync()
        => new PromoteHandler(world.Deployment).HandleAsync(new PromoteRequest(world.DigestOf("second"), "production"), TestContext.Current.CancellationToken);

    private Task<DeployAnswer> DeployAsync(string? file = null)
        => new DeployHandler(world.Deployment with { Vouchers = [new PromotionVoucher(world.Root, file, new ProcessRunner(this, TimeProvider.System), this)] })
            .HandleAsync(new DeployRequest(world.DigestOf("second"), "production"), TestContext.Current.CancellationToken);

    private void OnGitHub(string how)
    {
        variables["GITHUB_ACTIONS"] = "true";
        variables["GITHUB_EVENT_NAME"] = how switch { "pull request" => "pull_request", "merge queue" => "merge_group", _ => "push" };
        variables["GITHUB_REF"] = how == "other branch" ? "refs/heads/idea" : "refs/heads/main";
        variables["GITHUB_EVENT_PATH"] = Path.Combine(world.Root, ".git", "event.json");
        System.IO.File.WriteAllText(variables["GITHUB_EVENT_PATH"], """{"repository":{"default_branch":"main"}}""");
        variables["GITHUB_SHA"] = how == "other commit" ? new string('0', 40) : Git("dana", "rev-parse", "HEAD");
    }

    private void Merge(string author, string merger)
    {
        Git(author, "checkout", "--quiet", "-B", "wish");
        CommitAs(author);
        Git(merger, "checkout", "--quiet", "main");
        Git(merger, "merge", "--quiet", "--no-ff", "-m", "Merge the wish", "wish");
        Publish();
    }

    private void CommitAs(string name)
    {
        Git(name, "add", "--all");
        Git(name, "commit", "--quiet", "-m", "Change");
    }

    private void Publish() => Git("dana", "update-ref", "refs/remotes/origin/main", "HEAD");

    private string Git(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { UseShellExecute = false, WorkingDirectory = folder.Path, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var variable in variables.Where(pair => pair.Key.StartsWith("GIT_", StringComparison.Ordinal)))
        {
            start.Environment[variable.Key] = variable.Value;
        }

        foreach (var argument in (string[])["-c", $"user.name={name}", "-c", $"user.email={name}@example.com", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var git = Process.Start(start)!;
        var said = git.StandardOutput.ReadToEnd();
        var error = git.StandardError.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, error);
        return said.Trim();
    }
}
