using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

/// <summary>Holdouts and policies that are refused, each with what is wrong with it.</summary>
internal static class EvaluatorCases
{
    private static readonly SourcePlace Place = new("mlops.yml", 12, 7);

    public static IReadOnlyDictionary<string, Func<EvaluationInput>> Inputs { get; } = new Dictionary<string, Func<EvaluationInput>>
    {
        ["no challenger"] = () => Input() with { Challenger = new("head", []) },
        ["unequal trainings"] = () => new EvaluationFixture(30).Train(0.3, 0.4).Train(0.3, null).Input,
        ["the same run"] = () => Same(identity => identity),
        ["the same run and scorer"] = () => Same(identity => identity with { ScorerDigest = "sha256:s" }),
        ["no rows"] = () => Labels([]),
        ["a label that is no number"] = () => Labels([1, 0, double.NaN]),
        ["a label of no class"] = () => Labels([1, 0, 2]),
        ["half a class"] = () => Labels([1, 0, 0.5]),
        ["below all classes"] = () => Labels([-1, 0, 1]),
        ["one class"] = () => Labels([1, 1, 1]),
        ["two columns of scores"] = () => Scores([0.1, 0.2, 0.3], [0.1, 0.2, 0.3]),
        ["too few scores"] = () => Scores([0.1, 0.2]),
        ["a score that is no number"] = () => Scores([0.1, double.NaN, 0.3]),
        ["a score below zero"] = () => Scores([0.1, -0.1, 0.3]),
        ["a score above one"] = () => Scores([0.1, 1.1, 0.3]),
        ["an infinite value"] = () => Scores([0.1, double.PositiveInfinity, 0.3]) with { Task = ModelTask.Regression },
        ["no rules"] = () => Policy(new()),
        ["rules of environments only"] = () => Policy(new() { Rules = [new() { Metric = "auc", AtLeast = 0.5, Environment = "production" }] }),
        ["an unknown metric"] = () => Rule(new() { Metric = "acuracy", AtLeast = 0.5, Place = Place }),
        ["a metric of another task"] = () => Rule(new() { Metric = "rmse", AtMost = 0.5, Place = Place }),
        ["an unknown primary metric"] = () => Policy(new() { Primary = "auk", Rules = [new() { AtLeast = 0.5 }] }),
        ["no limit"] = () => Rule(new() { Metric = "auc", Place = Place }),
        ["no limit of fairness"] = () => Rule(new() { Fairness = "demographic-parity-difference", By = ["sex"], Place = Place }),
        ["an unknown slice"] = () => Rule(new() { Metric = "auc", AtLeast = 0.5, Slices = ["orign"], Place = Place }),
        ["no slices at all"] = () => Rule(new() { Metric = "auc", AtLeast = 0.5, Slices = ["origin"] }) with { Holdout = new() { Labels = [1, 0, 1], Classes = ["0", "1"], Digest = "sha256:x" } },
        ["half an unknown pair"] = () => Rule(new() { Metric = "auc", AtLeast = 0.5, Slices = ["origin & carrier"] }),
        ["an unknown fairness"] = () => Rule(new() { Fairness = "demografic-parity-difference", By = ["sex"], AtMost = 0.1, Place = Place }),
        ["fairness between nobody"] = () => Rule(new() { Fairness = "demographic-parity-difference", AtMost = 0.1, Place = Place }),
        ["fairness by what is not sensitive"] = () => Rule(new() { Fairness = "demographic-parity-difference", By = ["origin"], AtMost = 0.1, Place = Place }),
        ["a threshold without validation rows"] = () => Policy(new() { Choose = ThresholdRule.Of("youden"), Rules = [new() { Metric = "auc", AtLeast = 0.5 }] }),
        ["a threshold with labels only"] = () => Policy(new() { Choose = ThresholdRule.Of("youden"), Rules = [new() { Metric = "auc", AtLeast = 0.5 }] }) with { ValidationLabels = [1, 0] },
        ["a threshold of no positives"] = () => Validation([0, 0]),
        ["a threshold of positives only"] = () => Validation([1, 1]),
        ["a threshold of a regression"] = () => Policy(new() { Choose = ThresholdRule.Of("youden"), Rules = [new() { Metric = "rmse", AtMost = 0.5 }] }) with { Task = ModelTask.Regression },
        ["a metric of probabilities"] = () => Classes("log-loss"),
        ["a class too few"] = () => Classes("accuracy") with { Challenger = new("head", [Replicate(new([], [0, 1]))]) },
        ["fairness of several classes"] = () => Classes("accuracy") with { Policy = new() { Rules = [new() { Fairness = "accuracy-difference", By = ["sex"], AtMost = 0.1 }] } },
    };

    public static IReadOnlyDictionary<string, Func<CaseFolder, EvaluateRequest>> Requests { get; } = new Dictionary<string, Func<CaseFolder, EvaluateRequest>>
    {
        ["no labels"] = folder => Files(folder, null, "row_id,score|a,0.1"),
        ["no predictions"] = folder => Files(folder, "row_id,label|a,1|b,0", null),
        ["no row_id in labels"] = folder => Files(folder, "row,label|a,1|b,0", "row_id,score|a,0.1|b,0.2"),
        ["no label"] = folder => Files(folder, "row_id,labels|a,1|b,0", "row_id,score|a,0.1|b,0.2"),
        ["no slice"] = folder => Labelled(Files(folder, "row_id,label|a,1|b,0", "row_id,score|a,0.1|b,0.2"), labels => labels with { Slices = ["origin"] }),
        ["no sensitive column"] = folder => Labelled(Files(folder, "row_id,label|a,1|b,0", "row_id,score|a,0.1|b,0.2"), labels => labels with { Sensitive = ["sex"] }),
        ["no group"] = folder => Labelled(Files(folder, "row_id,label|a,1|b,0", "row_id,score|a,0.1|b,0.2"), labels => labels with { Group = "tail" }),
        ["bands of words"] = folder => Labelled(Files(folder, "row_id,label,hour|a,1,3|b,0,noon", "row_id,score|a,0.1|b,0.2"), labels => labels with { Slices = ["hour"], Bands = new Dictionary<string, BandConfiguration> { ["hour"] = new() { Edges = [4] } } }),
        ["a label without an id"] = folder => Files(folder, "row_id,label|a,1|,0", "row_id,score|a,0.1|b,0.2"),
        ["a label twice"] = folder => Files(folder, "row_id,label|a,1|b,0|a,0|c,1|c,1", "row_id,score|a,0.1|b,0.2"),
        ["a missing label"] = folder => Files(folder, "row_id,label|a,1|b,|c,0", "row_id,score|a,0.1|b,0.2|c,0.3"),
        ["missing labels of a regression"] = folder => Labelled(Files(folder, "row_id,label|a,1|b,|c,x|d,|e,y", "row_id,score|a,0.1"), labels => labels with { Task = ModelTask.Regression }),
        ["three values"] = folder => Files(folder, "row_id,label|a,1|b,0|c,2", "row_id,score|a,0.1|b,0.2|c,0.3"),
        ["one value"] = folder => Files(folder, "row_id,label|a,0|b,0", "row_id,score|a,0.1|b,0.2"),
        ["no positive value"] = folder => Files(folder, "row_id,label|a,late|b,early", "row_id,score|a,0.1|b,0.2"),
        ["another positive value"] = folder => Labelled(Files(folder, "row_id,label|a,late|b,early", "row_id,score|a,0.1|b,0.2"), labels => labels with { Positive = "never" }),
        ["no row_id"] = folder => Files(folder, "row_id,label|a,1|b,0", "row,score|a,0.1|b,0.2"),
        ["no score"] = folder => Files(folder, "row_id,label|a,1|b,0", "row_id,scores|a,0.1|b,0.2"),
        ["no score of a regression"] = folder => Labelled(Files(folder, "row_id,label|a,1|b,0", "row_id,value|a,0.1|b,0.2"), labels => labels with { Task = ModelTask.Regression }),
        ["no class"] = folder => Labelled(Files(folder, "row_id,label|a,x|b,y", "row_id,value|a,0.1|b,0.2"), labels => labels with { Task = ModelTask.MulticlassClassification }),
        ["a missing class"] = folder => Labelled(Files(folder, "row_id,label|a,x|b,y|c,z", "row_id,prediction|a,x|b,|c,y"), labels => labels with { Task = ModelTask.MulticlassClassification }),
        ["a missing row"] = folder => Files(folder, "row_id,label|a,1|b,0", "row_id,score|a,0.1"),
        ["other rows"] = folder => Files(folder, "row_id,label|a,1|b,0|c,0|d,1|e,1", "row_id,score|a,0.1|a,0.2|x,0.3|y,0.1|z,1|u,0"),
        ["a repeated row"] = folder => Files(folder, "row_id,label|a,1|b,0", "row_id,score|a,0.1|b,0.2|b,0.2"),
        ["a row without an id"] = folder => Files(folder, "row_id,label|a,1|b,0", "row_id,score|a,0.1|b,0.2|,0.2"),
        ["no probability"] = folder => Files(folder, "row_id,label|a,1|b,0", "row_id,score|a,1.1|b,0.2"),
        ["no probabilities"] = folder => Files(folder, "row_id,label|a,1|b,0|c,0|d,1|e,0", "row_id,score|a,-0.1|b,x|c,|d,2|e,0.3"),
        ["beyond all values"] = folder => Labelled(Files(folder, "row_id,label|a,1|b,0", "row_id,prediction|a,1e90|b,0.2"), labels => labels with { Task = ModelTask.Regression }),
        ["no probability of a class"] = folder => Labelled(Files(folder, "row_id,label|a,x|b,y", "row_id,score_x,score_y|a,0.1,0.9|b,0.2,1.2"), labels => labels with { Task = ModelTask.MulticlassClassification }),
        ["no model"] = folder => Files(folder, "row_id,label|a,1|b,0", "row_id,score|a,0.1|b,0.2") with { Models = ["model.zip"] },
        ["models too many"] = folder => Files(folder, "row_id,label|a,1|b,0", "row_id,score|a,0.1|b,0.2") with { Models = [folder.Write("m1.zip", "1"), folder.Write("m2.zip", "2")] },
        ["one file on both sides"] = folder => Files(folder, "row_id,label|a,1|b,0", "row_id,score|a,0.1|b,0.2") is var request ? request with { Baseline = new("main", request.Challenger.Replicates) } : null!,
    };

    private static EvaluationInput Input() => new EvaluationFixture(30).Train(0.3, null).Input;

    private static EvaluationInput Same(Func<EvaluatedReplicate, EvaluatedReplicate> other)
    {
        var input = Input();
        return input with { Baseline = new("main", [.. input.Challenger.Replicates.Select(replicate => replicate with { Identity = other(replicate.Identity) })]) };
    }

    private static ReplicateInput Replicate(Predictions predictions)
        => new(new() { RunId = "C", Seed = 1, ModelDigest = "sha256:m", PredictionsDigest = "sha256:p" }, predictions);

    private static EvaluationInput Labels(double[] labels)
        => Input() with { Holdout = new() { Labels = labels, Classes = ["no", "yes"], Digest = "sha256:x" } };

    private static EvaluationInput Scores(params double[][] columns)
        => Labels([1, 0, 1]) with { Challenger = new("head", [Replicate(new(columns))]) };

    private static EvaluationInput Policy(GateConfiguration policy)
    {
        var scored = Scores([0.9, 0.2, 0.6]);
        return scored with
        {
            Policy = policy,
            Holdout = scored.Holdout with { Slices = [SliceColumn.From("origin", false, ["a", "b", "a"]), SliceColumn.From("sex", true, ["f", "m", "f"])] },
        };
    }

    private static EvaluationInput Rule(GateRule rule) => Policy(new() { Rules = [rule] });

    private static EvaluationInput Validation(double[] labels)
    {
        var input = Policy(new() { Choose = ThresholdRule.Of("youden"), Rules = [new() { Metric = "auc", AtLeast = 0.5 }] });
        return input with { ValidationLabels = labels, Challenger = new("head", [input.Challenger.Replicates[0] with { ValidationScores = [0.1, 0.9] }]) };
    }

    private static EvaluationInput Classes(string metric)
        => Rule(new() { Metric = metric, AtLeast = 0.1, AtMost = null }) with
        {
            Task = ModelTask.MulticlassClassification,
            Challenger = new("head", [Replicate(new([], [0, 1, 1]))]),
        };

    private static EvaluateRequest Files(CaseFolder folder, string? labels, string? predictions)
    {
        if (labels is not null)
        {
            folder.Write("labels.csv", labels);
        }

        if (predictions is not null)
        {
            folder.Write("head.csv", predictions);
        }

        return new()
        {
            Model = "late-flights",
            Mode = RunMode.Pr,
            Policy = new() { Rules = [new() { AtLeast = 0.1 }] },
            Labels = new() { Path = Path.Combine(folder.Path, "labels.csv"), Task = ModelTask.BinaryClassification },
            Challenger = new("head", [new(Path.Combine(folder.Path, "head.csv"))]),
        };
    }

    private static EvaluateRequest Labelled(EvaluateRequest request, Func<LabelsFile, LabelsFile> change) => request with { Labels = change(request.Labels) };
}
