using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Tests.Evaluating;

public sealed class EvaluateHandlerTests : IDisposable, IProgressLog
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops evaluate ");

    private readonly List<string> warnings = [];

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void From_files_to_an_evaluation_to_a_verdict()
    {
        var request = Request() with { Output = At("run/evaluation.json") };

        var evaluation = Handle(request).Document;
        var gate = new GateHandler(TimeProvider.System, "sha256:engine").Handle(new()
        {
            Evaluation = At("run/evaluation.json"),
            Policy = request.Policy,
            Output = At("run/verdict.json"),
        });

        Assert.Equal(ExitCode.Ok, gate.Exit);
        Assert.Equal(VerdictKind.Pass, gate.Document.Kind);
        Assert.Equal(Digest.OfFile(At("head.csv")), evaluation.Challenger.Replicates[0].PredictionsDigest);
        Assert.Equal(Documents.Write(gate.Document), File.ReadAllBytes(At("run/verdict.json")));
        Assert.Equal(Digest.OfDocument(evaluation), gate.Document.Subject.Evaluation);
        Assert.Equal(["evaluation.json", "verdict.json"], Directory.GetFiles(At("run")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void The_same_file_on_both_sides_is_refused_however_it_is_written()
    {
        var request = Request();
        var same = Path.Combine(folder.FullName, ".", "head.csv");

        var problem = Assert.Throws<ProblemException>(() => Handle(request with { Baseline = new("main", [new(same)]) })).Problem;

        Assert.Equal("MLO2301", problem.Code);
    }

    [Fact]
    public void A_link_to_the_same_file_is_the_same_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        var request = Request();
        File.CreateSymbolicLink(At("link.csv"), At("head.csv"));

        var problem = Assert.Throws<ProblemException>(() => Handle(request with { Baseline = new("main", [new(At("link.csv"))]) })).Problem;

        Assert.Equal("MLO2301", problem.Code);
    }

    [Fact]
    public void A_link_to_a_link_to_the_same_file_is_the_same_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        var request = Request();
        File.CreateSymbolicLink(At("link.csv"), At("head.csv"));
        File.CreateSymbolicLink(At("linked.csv"), At("link.csv"));

        var problem = Assert.Throws<ProblemException>(() => Handle(request with { Baseline = new("main", [new(At("linked.csv"))]) })).Problem;

        Assert.Equal("MLO2301", problem.Code);
    }

    [Fact]
    public void Predictions_older_than_the_model_are_warned_of_and_recorded()
    {
        var request = Request();
        File.WriteAllText(At("model.zip"), "model");
        File.SetLastWriteTimeUtc(At("head.csv"), new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        var evaluation = Handle(request with
        {
            Models = [At("model.zip")],
            Policy = new() { Rules = [new() { Metric = "auc", AtLeast = 0.5 }, new() { Data = "stale-predictions" }] },
        }).Document;

        Assert.StartsWith("'head.csv' was written on 2026-01-01", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(1, evaluation.Rules.Single(rule => rule.Metric == "stale-predictions").Challenger);
    }

    [Fact]
    public void A_refused_evaluation_leaves_no_file()
    {
        var request = Request() with { Policy = new(), Output = At("evaluation.json") };

        Assert.Throws<ProblemException>(() => Handle(request));

        Assert.False(File.Exists(At("evaluation.json")));
    }

    [Fact]
    public void An_evaluation_that_cannot_be_read_is_refused_and_no_verdict_written()
    {
        File.WriteAllText(At("evaluation.json"), """{"schema":"mlops/evaluation/2"}""");

        var problem = Assert.Throws<ProblemException>(() => new GateHandler(TimeProvider.System, "e").Handle(new()
        {
            Evaluation = At("evaluation.json"),
            Policy = Request().Policy,
            Output = At("verdict.json"),
        })).Problem;

        Assert.Equal("MLO2001", problem.Code);
        Assert.False(File.Exists(At("verdict.json")));
    }

    void IProgressLog.Step(string text)
    {
    }

    void IProgressLog.Detail(string text)
    {
    }

    void IProgressLog.Warn(string text) => warnings.Add(text);

    private Answer<Evaluation> Handle(EvaluateRequest request) => new EvaluateHandler(this).Handle(request);

    private string At(string name) => Path.Combine(folder.FullName, name);

    private EvaluateRequest Request()
    {
        var fixture = new EvaluationFixture(400).Train(0.2, 1.5);
        Write("labels.csv", "late", fixture.Labels);
        Write("head.csv", "score", fixture.Challenger[0].Predictions.Scores[0]);
        Write("main.csv", "score", fixture.Baseline[0].Predictions.Scores[0]);
        return new()
        {
            Model = "late-flights",
            Mode = RunMode.Pr,
            Policy = new() { Rules = [new() { Metric = "auc", NoWorseBy = new(0.01, false) }] },
            Labels = new() { Path = At("labels.csv"), Task = ModelTask.BinaryClassification, Label = "late" },
            Challenger = new("head", [new(At("head.csv"))]),
            Baseline = new("main", [new(At("main.csv"))]),
        };
    }

    private void Write(string name, string column, double[] values)
        => File.WriteAllLines(
            At(name),
            [$"row_id,{column}", .. values.Select((value, row) => FormattableString.Invariant($"r{row},{value:R}"))]);
}
