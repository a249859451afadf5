using MlOps.Build.Contracts;

namespace MlOps.Build.Tool.Tests.Verbs.Run;

public sealed class PullRequestTests : IDisposable
{
    private readonly PipelineProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task Without_git_the_model_is_the_first_and_is_a_warning()
    {
        var (exit, result) = await project.PipelineAsync();

        Assert.Equal((0, VerdictKind.Warn), (exit, result.Verdict.Kind));
        Assert.Null(result.Baseline);
        Assert.Contains("not in a git repository", project.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_mlops_yml_at_the_merge_base_the_model_is_the_first()
    {
        File.Move(Path.Combine(project.Folder, "mlops.yml"), Path.Combine(project.Folder, "later.yml"));
        project.Commit();
        File.Move(Path.Combine(project.Folder, "later.yml"), Path.Combine(project.Folder, "mlops.yml"));

        var (exit, result) = await project.PipelineAsync();

        Assert.Equal((0, VerdictKind.Warn), (exit, result.Verdict.Kind));
        Assert.Contains("has no mlops.yml", project.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clean_tree_at_the_base_changes_nothing_and_trains_once()
    {
        project.Commit();

        var (exit, result) = await project.PipelineAsync();

        Assert.Equal((0, VerdictKind.Pass), (exit, result.Verdict.Kind));
        Assert.Equal(result.Run.Challengers, result.Run.Baselines);
        Assert.Single(project.Runs(), run => run.Kind == RunKind.Training);
    }

    [Fact]
    public async Task A_change_that_makes_the_model_worse_fails()
    {
        project.Settings(PipelineProject.Good, more: "  minimum-support: 50\n");
        project.Commit();
        project.Settings(PipelineProject.Bad);

        var (exit, result) = await project.PipelineAsync();

        Assert.Equal((1, VerdictKind.Fail), (exit, result.Verdict.Kind));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("AUC", result.Verdict.Sentence, StringComparison.Ordinal);
        Assert.NotEqual(result.Run.Challengers, result.Run.Baselines);
        var search = Documents.Read<Evaluation>(project.RunFile(result.Run, "evaluation.json")).WeakSlices!;
        Assert.True(search.Columns > 0 && search.Slices >= search.Worse && search.Worse > 0);
        Assert.NotEmpty(search.Found);
    }

    [Fact]
    public async Task A_change_that_makes_the_model_better_passes()
    {
        project.Settings(PipelineProject.Bad);
        project.Commit();
        project.Settings(PipelineProject.Good);

        var (exit, result) = await project.PipelineAsync();

        Assert.Equal((0, VerdictKind.Pass), (exit, result.Verdict.Kind));
        Assert.Contains("+changes", result.Challenger, StringComparison.Ordinal);
        Assert.StartsWith("main@", result.Baseline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_on_a_branch_is_compared_with_where_it_left_main()
    {
        project.Commit();
        project.Git("checkout", "--quiet", "-b", "change");
        project.Settings("{ scoreMode: column, leaves: 5 }");
        project.Commit();

        var (exit, result) = await project.PipelineAsync("--base", "main");

        Assert.Equal((0, VerdictKind.Pass), (exit, result.Verdict.Kind));
        Assert.StartsWith("main@", result.Baseline, StringComparison.Ordinal);
        Assert.DoesNotContain("+changes", result.Challenger, StringComparison.Ordinal);
        Assert.Empty(Directory.Exists(Path.Combine(project.State, "worktrees")) ? Directory.EnumerateDirectories(Path.Combine(project.State, "worktrees")) : []);
    }

    [Fact]
    public async Task A_change_that_deletes_the_rule_it_breaks_is_judged_by_that_rule()
    {
        project.Commit();
        project.Settings(PipelineProject.Bad, rules: "    - { metric: auc, at-least: 0.1 }\n");

        var (exit, result) = await project.PipelineAsync();

        Assert.Equal((1, VerdictKind.Fail), (exit, result.Verdict.Kind));
        Assert.Equal(VerdictKind.Pass, result.Verdict.PolicyChange?.Verdict);
        Assert.Contains(result.Verdict.PolicyChange!.Differences, difference => difference.Contains("'gate'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_of_the_seed_does_not_choose_its_own_luck()
    {
        project.Commit();
        project.Settings("{ scoreMode: column, leaves: 5 }", seeds: 1);
        project.Write("mlops.yml", project.Read("mlops.yml").Replace("seed: 7", "seed: 11", StringComparison.Ordinal));

        var (exit, result) = await project.PipelineAsync();

        Assert.Equal((0, 7), (exit, result.Run.Seed));
        Assert.Equal([7, 7], project.Runs().Where(run => run.Kind == RunKind.Training).Select(run => run.Seed));
        Assert.All(project.Runs().Where(run => run.Kind == RunKind.Training), run => Assert.Equal(7, run.Sample!.Seed));
        Assert.Equal(["'train.seed' differs: the merge base's is used."], result.Verdict.PolicyChange!.Differences);
    }

    [Fact]
    public async Task A_column_that_only_the_change_ignores_stays_with_the_base()
    {
        project.Commit();
        project.Settings(PipelineProject.Bad, data: "  ignore: [x]\n", seeds: 2);

        var (exit, result) = await project.PipelineAsync();

        Assert.Equal((1, VerdictKind.Fail), (exit, result.Verdict.Kind));
        Assert.InRange(result.Metrics[0].Baseline!.Value, 0.8, 1);
        Assert.Single(result.Run.Baselines);
    }

    [Fact]
    public async Task A_base_that_does_not_exist_is_named()
    {
        project.Commit();

        var exit = await project.RunAsync("run", "--base", "nowhere");

        Assert.Equal(2, exit);
        Assert.Contains("'nowhere'", project.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(project.State, "runs")));
    }

    [Fact]
    public async Task A_base_without_a_repository_is_refused()
    {
        var exit = await project.RunAsync("run", "--base", "main");

        Assert.Equal(2, exit);
        Assert.Contains("not in a git repository", project.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_server_gets_the_verdict_and_the_report()
    {
        project.Variables["GITHUB_ACTIONS"] = "true";
        project.Variables["GITHUB_OUTPUT"] = project.Write("host/output.txt", string.Empty);
        project.Variables["GITHUB_STEP_SUMMARY"] = project.Write("host/summary.md", string.Empty);

        var exit = await project.RunAsync("ci", "pr");

        Assert.Equal(0, exit);
        Assert.Contains("verdict", project.Read("host/output.txt"), StringComparison.Ordinal);
        Assert.Contains("warn", project.Read("host/output.txt"), StringComparison.Ordinal);
        Assert.Contains("late-visits", project.Read("host/summary.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_run_again_trains_nothing()
    {
        project.Commit();
        project.Settings(PipelineProject.Bad);
        await project.PipelineAsync();
        var trainings = project.Runs().Count(run => run.Kind == RunKind.Training);

        var (_, second) = await project.PipelineAsync();

        Assert.Equal(2, trainings);
        Assert.Equal(trainings, project.Runs().Count(run => run.Kind == RunKind.Training));
        Assert.Contains("was trained before", project.Error, StringComparison.Ordinal);
        Assert.Contains("was scored on these rows before", project.Error, StringComparison.Ordinal);
        Assert.Equal(VerdictKind.Fail, second.Verdict.Kind);
    }

    [Fact]
    public async Task Without_the_cache_the_same_run_trains_again()
    {
        project.Commit();
        await project.PipelineAsync();

        await project.PipelineAsync("--no-cache");

        Assert.Equal(2, project.Runs().Count(run => run.Kind == RunKind.Training));
    }
}
