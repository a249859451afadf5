using MlOps.Build.Contracts;

namespace MlOps.Build.Tool.Tests.Verbs.Run;

/// <summary>Changes whose effect is plain, judged again on all rows and on samples.</summary>
public sealed class FidelityTests : IDisposable
{
    /// <summary>A rule that nothing here measures: samples and all rows cost other things.</summary>
    private const string Rules = PipelineProject.Rules + "    - { footprint: score-p95, at-most: 1s }\n";

    private readonly PipelineProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task A_change_between_two_commits_is_judged_on_all_rows_and_on_samples()
    {
        project.Commit();
        project.Settings(PipelineProject.Bad);
        project.Commit();

        var answer = await AnswerAsync("--change", "main~1..main", "--samples", "10%", "50%", "--repetitions", "2");

        var change = Assert.Single(answer.Changes);
        Assert.Equal(VerdictKind.Fail, change.Verdict);
        Assert.Equal([0.1, 0.5], answer.Samples.Select(sample => sample.Share));
        Assert.All(answer.Samples, sample => Assert.Equal((2, 2, 0, 0, 0), (sample.Verdicts, sample.Agreed, sample.Undecided, sample.Missed, sample.FalseAlarms)));
        Assert.Equal(0.1, answer.Share);
        Assert.Equal(answer.TrainingRows / 2, answer.Samples[1].Rows);
        Assert.StartsWith($"{answer.Samples[0].Rows} rows (10 %) gave the verdict of all rows in 2 of 2 cases of 1 change", answer.Sentence, StringComparison.Ordinal);

        await project.RunAsync("gate", "fidelity", "--change", "main~1..main", "--samples", "10%", "50%", "--repetitions", "2");
        Assert.Matches(@"(?m)^ +50 % +[\d,]+ +2/2 +34-100 % +0 +0 +0 +\d+\.\d s *$", project.Output);
    }

    [Fact]
    public async Task The_releases_of_the_history_are_found_and_their_trainings_used_again()
    {
        project.Settings(PipelineProject.Bad, Rules, more: Production);
        project.Commit();
        Assert.Equal(0, (await project.PipelineAsync("--mode", "full", "--bootstrap")).Exit);
        Assert.Equal(0, await project.RunAsync("register", "--run", "latest"));
        Assert.Equal(0, await project.RunAsync("deploy", "--to", "production"));
        project.Settings(PipelineProject.Good, Rules, more: Production);
        project.Commit();
        Assert.Equal(0, (await project.PipelineAsync("--mode", "full")).Exit);
        var trainings = project.Runs().Count(run => run.Kind == RunKind.Training);

        var answer = await AnswerAsync("--samples", "30%", "--repetitions", "1");

        Assert.Equal(VerdictKind.Pass, Assert.Single(answer.Changes).Verdict);
        Assert.Equal(1, Assert.Single(answer.Samples).Agreed);
        Assert.Equal(trainings + 2, project.Runs().Count(run => run.Kind == RunKind.Training));
    }

    [Fact]
    public async Task A_change_of_nothing_that_trains_says_nothing_about_samples()
    {
        project.Commit();
        project.Write("README.md", "Words.");
        project.Commit();

        var answer = await AnswerAsync("--change", "main~1..main", "--samples", "10%", "--repetitions", "1");

        Assert.Null(Assert.Single(answer.Changes).Verdict);
        Assert.Equal(0, Assert.Single(answer.Samples).Verdicts);
        Assert.Null(answer.Share);
        Assert.Equal("No change could be judged: both sides of each say the same of every row.", answer.Sentence);
    }

    [Theory]
    [InlineData(3, "MLO2342")]
    [InlineData(2, "MLO2343", "--change", "main")]
    [InlineData(2, "MLO2343", "--change", "main~7..main")]
    public async Task Without_a_change_to_repeat_the_way_to_name_one_is_told(int exit, string code, params string[] words)
    {
        project.Commit();

        Assert.Equal(exit, await project.RunAsync(["gate", "fidelity", .. words]));

        Assert.Contains($"error {code}", project.Error, StringComparison.Ordinal);
        Assert.Contains("--change main~1..main", project.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--samples", "60%")]
    [InlineData("--samples", "some")]
    [InlineData("--repetitions", "0")]
    [InlineData("--last", "0")]
    public async Task What_cannot_be_sampled_is_a_wrong_command_line(string option, string value)
        => Assert.Equal(2, await project.RunAsync("gate", "fidelity", option, value));

    private const string Production = "environments:\n  production: { target: folder, path: deploy/production }\n";

    private async Task<FidelityAnswer> AnswerAsync(params string[] words)
    {
        var exit = await project.RunAsync(["gate", "fidelity", .. words, "--output", "json"]);
        Assert.True(exit == 0, project.Error);
        return project.Answer<FidelityAnswer>();
    }
}
