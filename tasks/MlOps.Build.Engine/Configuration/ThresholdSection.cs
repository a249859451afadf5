using MlOps.Build.Contracts;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Engine.Configuration;

/// <summary><c>gate.threshold</c>: a number, or how one is chosen.</summary>
internal static class ThresholdSection
{
    private const string Key = "threshold";

    public static (double Fixed, ThresholdRule? Rule) Read(YamlMap map, double fallback)
        => map.Node(Key) is YamlMappingNode
            ? (fallback, ReadRule(map.Map(Key)))
            : (map.Scalar(
                Key, fallback, text => UnitText.TryNumber(text, out var value) && value is >= 0 and <= 1 ? value : null, "0.5", "a probability, or how it is chosen such as { choose: youden },"), null);

    /// <summary>What only the whole project can get wrong.</summary>
    public static void Check(ProjectConfiguration configuration, YamlMap map)
    {
        if (configuration.Gate.Choose is null)
        {
            return;
        }

        if (configuration.Task != ModelTask.BinaryClassification)
        {
            map.Log.Wrong(map.Place, "'gate.threshold' chooses a threshold, and this model has none.", "Only a model of two classes predicts from a threshold on.", "Leave `gate.threshold` out.");
        }
        else if (configuration.Split.Validation == 0)
        {
            map.Log.Wrong(
                map.Place,
                "'gate.threshold' chooses a threshold, and 'split.validation' leaves no rows for it.",
                "On the holdout that judges it the best threshold looks better than it is, on the training rows too.",
                "Use for example `split: { holdout: 20%, validation: 10% }`, or a number for `gate.threshold`.");
        }
    }

    private static ThresholdRule? ReadRule(YamlMap map)
    {
        var rule = map.Scalar<ThresholdRule?>("choose", null, ThresholdRule.Of, "(none)", ThresholdRule.Words);
        var (positive, negative) = (Cost(map, "false-positive"), Cost(map, "false-negative"));
        _ = Words.OneOf(map, "on", "validation", ["validation"]);
        if (map.Node("choose") is null)
        {
            map.Log.Missing(new(0, map.Place.Line, map.Place.Column), $"{map.Path}.choose", "choose: youden");
        }
        else if (rule is { Criterion: ThresholdCriterion.Cost })
        {
            if (positive is null || negative is null)
            {
                map.Log.Wrong(map.Place, $"'{map.Path}' does not say what mistakes cost.", "A threshold by cost needs the cost of a false alarm and that of a miss.", "Write `threshold: { choose: cost, false-positive: 1, false-negative: 5 }`.");
            }

            rule = rule with { FalsePositive = positive ?? 1, FalseNegative = negative ?? 1 };
        }
        else if (rule is not null && (positive ?? negative) is not null)
        {
            map.Log.Wrong(map.Place, $"'{map.Path}' names costs that have no effect.", $"The rule '{rule.Text}' knows no costs.", "Write `choose: cost`, or leave the costs out.");
        }

        map.RefuseUnknownKeys();
        return rule;
    }

    private static double? Cost(YamlMap map, string key)
        => map.Scalar<double?>(key, null, text => ThresholdRule.Cost(text), "(none)", "a cost above 0");
}
