using MlOps.Build.Contracts;

namespace MlOps.Build.Tool.Tests.Verbs.Run;

public sealed class ReleaseRunTests : IDisposable
{
    private readonly PipelineProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task Without_a_champion_a_release_cannot_be_judged()
    {
        var (exit, result) = await project.PipelineAsync("--mode", "full");

        Assert.Equal((4, VerdictKind.Inconclusive), (exit, result.Verdict.Kind));
        Assert.Contains(result.NextSteps, step => step.Command == "mlops run --mode full --bootstrap");
    }

    [Fact]
    public async Task A_first_model_is_told_in_words_that_say_each_thing_once_and_why_nothing_was_compared()
    {
        project.Settings(PipelineProject.Good, rules: "    - { metric: auc, at-least: 0.5 }\n    - { slices: [ward], metric: auc, no-worse-by: 0.05 }\n");

        await project.RunAsync("run", "--mode", "full", "--bootstrap");

        Assert.Matches(@"\n  pass +AUC must be at least 0.5: ", project.Output);
        Assert.DoesNotContain(": pass.", project.Output, StringComparison.Ordinal);
        Assert.Matches(@"Slices: \d+ not judged \(too few rows\); the report lists them\.\n", project.Output);
        Assert.Contains("next    mlops register --run ", project.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_model_is_admitted_and_becomes_what_the_next_is_compared_with()
    {
        const string rules = PipelineProject.Rules + "    - { footprint: score-time, no-worse-by: 5000% }\n    - { footprint: training-time, no-worse-by: 50% }\n";
        const string more = "  score-rounds: 2\n  threshold: { choose: youden }\nenvironments:\n  production: { target: folder, path: deploy/production }\n";
        project.Settings(PipelineProject.Good, rules, more: more);

        var (firstExit, first) = await project.PipelineAsync("--mode", "full", "--bootstrap");
        var registered = await project.RunAsync("register", "--run", "latest");
        var deployed = await project.RunAsync("deploy", "--to", "production");
        project.Settings(PipelineProject.Bad, rules, more: more);
        var (worseExit, worse) = await project.PipelineAsync("--mode", "full");
        var refused = await project.RunAsync("register", "--run", "latest");

        Assert.Equal((0, VerdictKind.Warn), (firstExit, first.Verdict.Kind));
        Assert.True((registered, deployed) == (0, 0), project.Error);
        Assert.Equal((1, VerdictKind.Fail), (worseExit, worse.Verdict.Kind));
        Assert.StartsWith("champion ", worse.Baseline, StringComparison.Ordinal);
        Assert.Equal([first.Run.ModelDigest!], worse.Verdict.Subject.Baselines);
        Assert.Equal(5, refused);

        // What is deployed answers at the threshold it was judged at; the next champion is given a threshold by the same rule.
        var manifest = Documents.Read<ModelManifest>(Directory.GetFiles(Path.Combine(project.Folder, "deploy", "production"), "model.json", SearchOption.AllDirectories).Single());
        var chosen = first.Verdict.ThresholdChoice!;
        Assert.Equal(new(chosen.Challenger.Single().Threshold, "youden", first.Run.Split!.Validation.Rows), manifest.Threshold);
        Assert.Equal((0, chosen.Challenger.Single()), (chosen.Baseline.Length, worse.Verdict.ThresholdChoice!.Baseline.Single()));

        // The champion scores beside it, with its own scorer; its training was long ago.
        var costs = worse.Verdict.Findings.Where(finding => finding.Measurement.Unit is not null).ToList();
        Assert.Equal([("score-time", FindingResult.Pass), ("training-time", FindingResult.NotJudged)], costs.Select(finding => (finding.Measurement.Metric, finding.Result)));
        Assert.InRange(costs[0].Measurement.Baseline!.Value, 0.01, 300);
        Assert.Contains("of the champion is not compared", costs[1].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bootstrap_with_a_champion_is_refused_before_anything_is_trained()
    {
        project.Settings(PipelineProject.Good, more: "environments:\n  production: { target: folder, path: deploy/production }\n");
        await project.PipelineAsync("--mode", "full", "--bootstrap");
        await project.RunAsync("register", "--run", "latest");
        await project.RunAsync("deploy", "--to", "production");
        var trainings = project.Runs().Count(run => run.Kind == RunKind.Training);

        var exit = await project.RunAsync("run", "--mode", "full", "--bootstrap");

        Assert.Equal(2, exit);
        Assert.Contains("error MLO2410", project.Error, StringComparison.Ordinal);
        Assert.Equal(trainings, project.Runs().Count(run => run.Kind == RunKind.Training));
        Assert.Equal((RunStatus.Failed, "MLO2410"), (project.Runs()[^1].Status, project.Runs()[^1].ProblemCode));
    }

    [Fact]
    public async Task The_champion_trained_again_is_no_change_and_passes()
    {
        project.Settings(PipelineProject.Good, more: "environments:\n  production: { target: folder, path: deploy/production }\n");
        project.Write(".gitignore", "deploy/\n");
        project.Commit();
        await project.PipelineAsync("--mode", "full", "--bootstrap");
        await project.RunAsync("register", "--run", "latest");
        await project.RunAsync("deploy", "--to", "production");

        var (exit, result) = await project.PipelineAsync("--mode", "full");

        Assert.Equal((0, VerdictKind.Pass), (exit, result.Verdict.Kind));
        Assert.Equal(result.Verdict.Subject.Challengers, result.Verdict.Subject.Baselines);
        Assert.Single(project.Runs(), run => run.Kind == RunKind.Training);
    }

    [Theory]
    [InlineData("half", 0, VerdictKind.Pass)]
    [InlineData("inverted", 1, VerdictKind.Fail)]
    public async Task A_changed_scorer_of_the_same_model_is_judged_against_the_champion_with_its_own(string scorer, int expected, VerdictKind verdict)
    {
        const string Production = "environments:\n  production: { target: folder, path: deploy/production }\n";
        project.Write(".gitignore", "deploy/\n");
        project.Settings(PipelineProject.Good, more: Production);
        project.Commit();
        var (_, first) = await project.PipelineAsync("--mode", "full", "--bootstrap");
        await project.RunAsync("register", "--run", "latest");
        await project.RunAsync("deploy", "--to", "production");
        project.Settings(PipelineProject.Good, more: Production, scorer: scorer);

        var (exit, result) = await project.PipelineAsync("--mode", "full");

        Assert.True((expected, verdict) == (exit, result.Verdict.Kind), result.Verdict.Sentence);
        Assert.False(result.Verdict.NoChange);
        Assert.Equal([first.Run.ModelDigest!], result.Verdict.Subject.Challengers);
        Assert.Equal([first.Run.ModelDigest!], result.Verdict.Subject.Baselines);
        Assert.NotEqual(result.Verdict.Subject.ChallengerScorers, result.Verdict.Subject.BaselineScorers);
        if (expected == 0)
        {
            Assert.True(await project.RunAsync("register", "--run", "latest") == 0, project.Error);
            Assert.True(await project.RunAsync("deploy", "--to", "production") == 0, project.Error);
            var (_, again) = await project.PipelineAsync("--mode", "full");
            Assert.True(again.Verdict.NoChange, again.Verdict.Sentence);
        }
    }

    [Fact]
    public async Task A_champion_whose_training_rows_meet_a_larger_holdout_is_contaminated_in_verdict_and_reports()
    {
        const string Production = "environments:\n  production: { target: folder, path: deploy/production }\n";
        project.Settings(PipelineProject.Good, more: Production);
        await project.PipelineAsync("--mode", "full", "--bootstrap");
        await project.RunAsync("register", "--run", "latest");
        await project.RunAsync("deploy", "--to", "production");
        project.Settings(PipelineProject.Good, more: Production + "split: { by: hash, holdout: 40% }\n");

        var (exit, result) = await project.PipelineAsync("--mode", "full", "--no-cache");
        await project.RunAsync("gate", "explain");

        Assert.True((0, ContaminationResult.Contaminated) == (exit, result.Verdict.Contamination!.Result), result.Verdict.Sentence);
        var sentence = result.Verdict.Contamination.Sentence;
        Assert.Contains(sentence, project.Output, StringComparison.Ordinal);
        Assert.Contains(sentence, project.Read(project.RunFile(result.Run, "report.md")), StringComparison.Ordinal);
        Assert.Contains(sentence, project.Read(project.RunFile(result.Run, "report.html")), StringComparison.Ordinal);
    }
}
