using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Storage.Git;
using MlOps.Build.Engine.Tests.Processes;
using MlOps.Build.Engine.Tests.Registry;
using MlOps.Build.Engine.Tests.Runs;

namespace MlOps.Build.Engine.Tests.Approval;

/// <summary>Who made a model is who wrote what is released since the champion, and who started the run.</summary>
public sealed class ChangeAuthorsTests : IDisposable, IEnvironment
{
    private readonly TemporaryFolder folder = new();
    private readonly GitFixture git;
    private readonly Dictionary<string, string> variables = new(new SystemEnvironment().Variables);

    public ChangeAuthorsTests() => git = new GitFixture(folder.Path);

    IReadOnlyDictionary<string, string> IEnvironment.Variables => variables;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Whoever_wrote_or_committed_since_the_champion_made_it_and_nobody_before()
    {
        await git.CommitAllAsync("Start");
        var champion = await CommitAsync("Zoe <zoe@example.org>", "The champion");
        await CommitAsync("Carla <7+carla-dev@users.noreply.github.com>", "Change");
        var head = await CommitAsync("Dana <dana@example.org>", "Change more\n\nCo-authored-by: Erik Berg <erik@example.org>");

        var names = await AuthorsAsync(head, champion);

        Assert.Equivalent(
            (string[])["Ana", "ana@example.org", "Carla", "7+carla-dev@users.noreply.github.com", "carla-dev", "Dana", "dana@example.org", "Erik Berg", "erik@example.org"],
            names,
            strict: true);
    }

    [Fact]
    public async Task Who_only_merged_did_not_make_it_and_a_first_model_is_of_those_whose_change_came_last()
    {
        await git.CommitAllAsync("Start");
        await git.RunAsync("checkout", "--quiet", "-b", "topic");
        await CommitAsync("Carla <carla@example.org>", "Change");
        await git.RunAsync("checkout", "--quiet", "main");
        await git.RunAsync("-c", "user.name=Bob", "merge", "--quiet", "--no-ff", "-m", "Merge", "topic");
        await git.RunAsync("commit", "--quiet", "--amend", "--no-edit", "--author", "Bob <bob@example.org>");

        var names = await AuthorsAsync(await git.RunAsync("rev-parse", "HEAD"), champion: null);

        Assert.Contains("carla@example.org", names);
        Assert.DoesNotContain("bob@example.org", names);
    }

    [Fact]
    public async Task A_host_that_squashes_in_its_own_name_is_nobody()
    {
        await git.CommitAllAsync("Start");
        var head = await CommitAsync("Carla <carla@example.org>", "Squashed");

        Assert.Equal(["Carla", "carla@example.org"], CommitPeople.Of($"Carla\0carla@example.org\0GitHub\0noreply@github.com\0\n"));
        Assert.NotEmpty(await AuthorsAsync(head, champion: new string('0', 40)));
    }

    [Fact]
    public async Task A_commit_that_was_never_fetched_has_no_authors_that_could_be_told()
    {
        await git.CommitAllAsync("Start");

        var problem = (await Assert.ThrowsAsync<ProblemException>(() => AuthorsAsync(new string('a', 40), champion: null))).Problem;

        Assert.Equal(("MLO2970", ExitCode.Unavailable), (problem.Code, problem.Exit));
        Assert.Contains($"git fetch origin {new string('a', 40)}", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shallow_clone_without_the_commit_names_the_setting_that_mends_it()
    {
        var older = await git.CommitAllAsync("Start");
        await git.CommitAllAsync("Change");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, ".git", "shallow"), await git.RunAsync("rev-parse", "HEAD") + "\n", TestContext.Current.CancellationToken);
        File.Delete(Path.Combine(folder.Path, ".git", "objects", older[..2], older[2..]));

        var problem = (await Assert.ThrowsAsync<ProblemException>(() => AuthorsAsync(older, champion: null))).Problem;

        Assert.Equal("MLO2970", problem.Code);
        Assert.Contains("fetch-depth: 0", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shallow_clone_that_ends_before_the_champion_does_not_leave_authors_out()
    {
        var champion = await git.CommitAllAsync("Start");
        await CommitAsync("Carla <carla@example.org>", "Change");
        var head = await CommitAsync("Dana <dana@example.org>", "Change more");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, ".git", "shallow"), head + "\n", TestContext.Current.CancellationToken);

        var problem = (await Assert.ThrowsAsync<ProblemException>(() => AuthorsAsync(head, champion))).Problem;

        Assert.Equal(("MLO2970", ExitCode.Unavailable), (problem.Code, problem.Exit));
    }

    [Fact]
    public async Task Who_started_the_run_counts_by_every_name_of_the_host()
    {
        variables["BUILD_REQUESTEDFOR"] = "Dana Doe";
        variables["BUILD_REQUESTEDFOREMAIL"] = "dana@example.org";
        variables["BUILD_REQUESTEDFORID"] = "1b2c";

        Assert.Equal(["Dana Doe", "dana@example.org", "1b2c"], await AuthorsAsync(null, null));
    }

    private async Task<string> CommitAsync(string author, string message)
    {
        await git.RunAsync("commit", "--quiet", "--allow-empty", "--author", author, "--message", message);
        return await git.RunAsync("rev-parse", "HEAD");
    }

    private Task<IReadOnlyList<string>> AuthorsAsync(string? commit, string? champion)
        => new ChangeAuthors(folder.Path, new ProcessRunner(this, TimeProvider.System), this).OfAsync(commit, champion, TestContext.Current.CancellationToken);
}
