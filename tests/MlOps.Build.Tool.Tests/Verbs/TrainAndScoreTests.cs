using MlOps.Build.Contracts;
using MlOps.Build.Tool.Tests.Verbs.Run;

namespace MlOps.Build.Tool.Tests.Verbs;

public sealed class TrainAndScoreTests : IDisposable
{
    private readonly PipelineProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task Train_answers_with_the_run_it_made()
    {
        var exit = await project.RunAsync("train", "--output", "json");

        var details = project.Answer<RunDetails>();
        Assert.Equal((0, RunState.Finished, RunKind.Training), (exit, details.State, details.Run.Kind));
        Assert.Equal((7, RunMode.Pr, 200L), (details.Run.Seed, details.Run.Mode, details.Run.Sample?.Rows));
        Assert.True(File.Exists(project.RunFile(details.Run, "model/parts/model.txt")));
        Assert.Single(project.Runs());
    }

    [Fact]
    public async Task Train_takes_the_mode_and_the_seed_it_is_given()
    {
        await project.RunAsync("train", "--mode", "full", "--seed", "11", "--output", "json");

        var run = project.Answer<RunDetails>().Run;
        Assert.Equal((11, RunMode.Full), (run.Seed, run.Mode));
        Assert.Null(run.Sample);
        Assert.Contains("seed=11", File.ReadAllText(project.RunFile(run, "model/parts/model.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_finds_the_training_that_train_did()
    {
        project.Settings(PipelineProject.Good, seeds: 2);
        await project.RunAsync("train", "--output", "json");
        var trained = project.Answer<RunDetails>().Run.Id;

        var (_, result) = await project.PipelineAsync();

        Assert.Equal(trained, result.Run.Challengers[0]);
        Assert.Equal(2, result.Run.Challengers.Length);
    }

    [Fact]
    public async Task Train_leaves_no_rows_behind()
    {
        await project.RunAsync("train");

        Assert.Empty(Directory.EnumerateFiles(project.State, "*.parquet", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Train_refuses_data_that_break_their_contract()
    {
        project.Settings(PipelineProject.Good, data: "  expect: { x: { max: 0.5 } }\n");

        var exit = await project.RunAsync("train");

        Assert.Equal(1, exit);
        Assert.Contains("error MLO2411", project.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(project.State, "runs")));
    }

    [Fact]
    public async Task From_a_training_to_its_numbers_with_the_commands_that_are_named()
    {
        await project.RunAsync("train");

        var exit = await project.RunAsync("score", "--output", "json");
        var answer = project.Answer<ScoreAnswer>();
        var evaluated = await project.RunAsync(
            "evaluate", "--predictions", answer.Predictions, "--labels", answer.Labels, "--output", "json");
        var evaluation = project.Answer<Evaluation>();

        Assert.Equal((0, 0), (exit, evaluated));
        Assert.Equal(answer.PredictionsDigest, Digest.OfFile(Path.Combine(project.Folder, answer.Predictions)));
        Assert.Equal(answer.Rows, evaluation.Holdout.Rows);
        Assert.InRange(evaluation.Metrics[0].Challenger!.Value, 0.8, 1);
    }

    [Fact]
    public async Task The_same_scores_are_made_once()
    {
        await project.RunAsync("train");
        await project.RunAsync("score", "--output", "json");
        var first = project.Answer<ScoreAnswer>();

        await project.RunAsync("score", "--run", first.Run, "--output", "json");
        var second = project.Answer<ScoreAnswer>();
        await project.RunAsync("score", "--no-cache", "--output", "json");

        Assert.Equal(first with { Cached = true }, second);
        Assert.Equal(first, project.Answer<ScoreAnswer>());
        Assert.False(first.Cached);
    }

    [Fact]
    public async Task A_pipeline_has_no_model_of_its_own_and_names_its_trainings()
    {
        var (_, result) = await project.PipelineAsync();

        var exit = await project.RunAsync("score", "--run", result.Run.Id);

        Assert.Equal(2, exit);
        Assert.Contains("error MLO2412", project.Error, StringComparison.Ordinal);
        Assert.Contains($"mlops score --run {result.Run.Challengers[0]}", project.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_training_has_no_model()
    {
        project.Settings("{ mode: exit-3 }");
        await project.RunAsync("train");

        var exit = await project.RunAsync("score");

        Assert.Equal(2, exit);
        Assert.Contains("did not finish", project.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_was_changed_is_not_scored()
    {
        await project.RunAsync("train");
        File.AppendAllText(project.RunFile(project.Runs()[0], "model/parts/model.txt"), "x");

        var exit = await project.RunAsync("score");

        Assert.Equal(5, exit);
        Assert.Contains("error MLO2412", project.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data", "The data changed")]
    [InlineData("split", "The split of mlops.yml changed")]
    public async Task A_holdout_that_the_model_may_know_is_refused(string what, string why)
    {
        await project.RunAsync("train");
        if (what == "data")
        {
            File.AppendAllText(Path.Combine(project.Folder, "data", "visits.csv"), "V9999,0.5,north,1\n");
        }
        else
        {
            project.Settings(PipelineProject.Good, more: "split: { holdout: 30% }\n");
        }

        var exit = await project.RunAsync("score");

        Assert.Equal(2, exit);
        Assert.Contains("error MLO2413", project.Error, StringComparison.Ordinal);
        Assert.Contains(why, project.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(project.RunFile(project.Runs()[0], "predictions.parquet")));
    }
}
