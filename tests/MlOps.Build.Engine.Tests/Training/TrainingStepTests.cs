using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Tests.Processes;

namespace MlOps.Build.Engine.Tests.Training;

public sealed class TrainingStepTests : IDisposable
{
    private readonly TrainingFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task A_training_leaves_a_finished_run_with_the_digest_of_its_model()
    {
        var run = await _fixture.TrainAsync("copy");

        var stored = _fixture.Runs.Find(run.RunId);
        Assert.Equal((RunState.Finished, run.ModelDigest), (stored.State, stored.Record.ModelDigest));
        Assert.Equal(["parts/model.txt", "score-mode.txt"], run.ModelFiles.Select(file => file.Path));
        Assert.Equal(Digest.MerkleRoot(run.ModelFiles), run.ModelDigest);
        Assert.False(run.Cached);
        Assert.Contains(stored.Record.Timings, timing => timing is { Step: "train", Seconds: > 0 });
    }

    [Fact]
    public async Task The_same_training_is_not_done_twice()
    {
        var first = await _fixture.TrainAsync("copy");

        var second = await _fixture.TrainAsync("copy");

        Assert.True(second.Cached);
        Assert.Equal((first.RunId, first.ModelDigest), (second.RunId, second.ModelDigest));
        Assert.Single(_fixture.Runs.NewestFirst());
    }

    [Fact]
    public async Task Another_seed_is_another_training()
    {
        var first = await _fixture.TrainAsync("copy", seed: 1);

        var second = await _fixture.TrainAsync("copy", seed: 2);

        Assert.False(second.Cached);
        Assert.NotEqual(first.ModelDigest, second.ModelDigest);
        Assert.Equal(first.TrainerDigest, second.TrainerDigest);
    }

    [Fact]
    public async Task Other_rows_are_another_training()
    {
        await _fixture.TrainAsync("copy");
        _fixture.WriteParquet("train.parquet", "SELECT 1 AS row_id, 1 AS late");

        var second = await _fixture.TrainAsync("copy");

        Assert.False(second.Cached);
    }

    [Fact]
    public async Task Changed_code_is_another_training_and_a_changed_policy_is_not()
    {
        await _fixture.TrainAsync("copy");
        File.WriteAllText(Path.Combine(_fixture.Root, "mlops.yml"), "gate: {}");
        var policy = await _fixture.TrainAsync("copy");
        File.WriteAllText(Path.Combine(_fixture.Root, "train.py"), "pass");

        var code = await _fixture.TrainAsync("copy");

        Assert.Equal((true, false), (policy.Cached, code.Cached));
    }

    [Fact]
    public async Task A_model_that_was_changed_after_its_training_is_not_used_again()
    {
        var first = await _fixture.TrainAsync("copy");
        File.AppendAllText(Path.Combine(first.ModelFolder, "parts", "model.txt"), "x");

        var second = await _fixture.TrainAsync("copy");

        Assert.False(second.Cached);
        Assert.Equal(first.ModelDigest, second.ModelDigest);
        Assert.Contains("was changed after its training", _fixture.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit-3", "MLO2202", "exit code 3", "| the answer is three")]
    [InlineData("no-model", "MLO2205", "wrote no folder 'model'")]
    [InlineData("empty-model", "MLO2205", "is empty")]
    [InlineData("linked-model", "MLO2205", "'link' is a symbolic link")]
    [InlineData("no-record", "MLO2206", "There is no such file")]
    [InlineData("bad-record", "MLO2206", "Field")]
    public async Task A_bad_trainer_fails_its_run_and_is_named(string mode, string code, params string[] why)
    {
        var problem = await _fixture.TrainBadlyAsync(mode);

        Assert.Equal(code, problem.Code);
        Assert.All(why, part => Assert.Contains(part, problem.Why, StringComparison.Ordinal));
        Assert.Equal((RunState.Failed, code), Last());
    }

    [Fact]
    public async Task A_trainer_that_does_not_exist_is_worth_a_retry()
    {
        _fixture.Train = _fixture.Train with { Command = ["no-such-trainer"] };

        var problem = await _fixture.TrainBadlyAsync("copy");

        Assert.Equal(("MLO2201", ExitCode.Unavailable), (problem.Code, problem.Exit));
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("deaf")]
    public async Task A_trainer_that_hangs_is_ended_when_its_time_is_used_up(string mode)
    {
        _fixture.Train = _fixture.Train with { BudgetTime = TimeSpan.FromMilliseconds(400) };

        var problem = await _fixture.TrainBadlyAsync(mode);

        Assert.Equal("MLO2203", problem.Code);
        Assert.Contains("stopped after 0.4 s", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trainer_that_eats_memory_is_ended()
    {
        _fixture.Train = _fixture.Train with { BudgetMemoryBytes = 300L << 20 };

        var problem = await _fixture.TrainBadlyAsync("eat-memory");

        Assert.Equal("MLO2204", problem.Code);
        Assert.Contains("300 MiB are allowed", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gigabyte_of_output_does_no_harm_and_is_shown_in_part()
    {
        var run = await _fixture.TrainAsync("flood");

        Assert.False(run.Cached);
        Assert.Contains("prints more than 1000 lines", _fixture.Log.Text, StringComparison.Ordinal);
        Assert.InRange(_fixture.Log.Text.Length, 100_000, 200_000);
    }

    [Fact]
    public async Task A_child_that_outlives_the_trainer_is_ended()
    {
        await _fixture.TrainAsync("fork");

        Assert.Contains("left 1 processes behind", _fixture.Log.Text, StringComparison.Ordinal);
        ProcessFixture.AssertIsGone(_fixture.IdFile);
    }

    [Fact]
    public async Task Commands_to_the_build_server_arrive_nowhere()
    {
        var problem = await _fixture.TrainBadlyAsync("commands");

        foreach (var text in new[] { problem.Why, _fixture.Log.Text })
        {
            Assert.Contains("task.setvariable", text, StringComparison.Ordinal);
            Assert.Contains("red", text, StringComparison.Ordinal);
            Assert.DoesNotContain("##vso[", text, StringComparison.Ordinal);
            Assert.DoesNotContain("::", text, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', text);
        }
    }

    [Fact]
    public async Task A_training_that_diverges_is_stopped()
    {
        var problem = await _fixture.TrainBadlyAsync("diverge");

        Assert.Equal("MLO2208", problem.Code);
        Assert.Contains("step 2, validation-loss not finite", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_training_without_progress_is_asked_to_stop_and_counts_when_it_listens()
    {
        _fixture.Train = _fixture.Train with { Stop = new StopConfiguration { Patience = 3 } };

        var run = await _fixture.TrainAsync("no-progress");

        Assert.Equal(StopReason.NoProgress, run.Training.Stopped);
        Assert.Contains("is asked to stop (NoProgress): step 5, validation-auc 0.69", _fixture.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_event_lines_are_counted_and_passed_over()
    {
        var run = await _fixture.TrainAsync("bad-events");

        Assert.Equal(RunStatus.Finished, run.Record.Status);
        Assert.Contains("4 lines of events.jsonl are no events", _fixture.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_of_the_build_server_do_not_reach_the_trainer()
    {
        string[] secrets = ["GITHUB_TOKEN", "INPUT_KEY", "AZURE_CLIENT_SECRET", "SYSTEM_ACCESSTOKEN", "MY_PASSWORD", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"];
        foreach (var secret in secrets)
        {
            _fixture.Environment.Changed[secret] = "hidden-value";
        }

        await _fixture.TrainBadlyAsync("environment");

        Assert.Contains("| MLOPS_REQUEST=", _fixture.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-value", _fixture.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_the_trainer_and_the_run_says_so()
    {
        using var cancel = new CancellationTokenSource();
        _fixture.Log.OnLine = line =>
        {
            if (line.Contains("deaf", StringComparison.Ordinal))
            {
                cancel.Cancel();
            }
        };
        _fixture.Train = _fixture.Train with
        {
            Parameters = new Dictionary<string, ParameterValue> { ["mode"] = ParameterValue.Of("deaf") },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _fixture.TrainingStep().RunAsync(_fixture.Job(), cancel.Token));

        Assert.Equal((RunState.Cancelled, null), Last());
    }

    private (RunState State, string? Code) Last()
    {
        var run = Assert.Single(_fixture.Runs.NewestFirst());
        return (run.State, run.Record.ProblemCode);
    }
}
