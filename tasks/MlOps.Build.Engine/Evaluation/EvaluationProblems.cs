using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>What can be wrong with an evaluation, in words.</summary>
internal static class EvaluationProblems
{
    public static ProblemException SameSide(string what)
        => Of("MLO2301", "A model was compared with itself.", $"Challenger and baseline are both {what}.", "Name two different runs or predictions files.");

    public static ProblemException NoRules()
        => Of("MLO2302", "The gate has no rules.", "A policy without rules would pass every model.", "Add a rule under `gate.rules` in mlops.yml, such as `- { metric: auc, no-worse-by: 0.01 }`.");

    public static ProblemException NoLimit(GateRule rule)
        => Of("MLO2303", "A rule of the gate judges nothing.", "It has no limit.", "Add `at-least`, `at-most` or `no-worse-by` to the rule.", rule.Place);

    public static ProblemException UnknownMetric(string name, ModelTask task, SourcePlace? place)
    {
        var known = MetricCatalogue.Names(task);
        var why = MetricCatalogue.TaskOf(name) is { } other && other != task
            ? $"'{name}' is a metric of {Words(other)}; the task is {Words(task)}."
            : $"There is no metric '{name}' for {Words(task)}. {DidYouMean.Sentence(name, known)}";
        return Of("MLO2304", $"The gate cannot judge '{name}'.", why, $"Name one of: {string.Join(", ", known)}.", place);
    }

    public static ProblemException NeedsScores(string name, SourcePlace? place)
        => Of("MLO2304", $"The gate cannot judge '{name}'.", "It needs a probability for each class, and the predictions name classes only.", "Let the scorer write `score_<class>` columns, or judge a metric of classes such as macro-f1.", place);

    public static ProblemException UnknownSlice(string column, IReadOnlyCollection<string> known, SourcePlace? place)
        => Of("MLO2305", $"The gate cannot judge slices of '{column}'.", known.Count > 0 ? $"No such column was kept for slices. {DidYouMean.Sentence(column, known)}" : "No column was kept for slices.", "List the column under `data.slices` or `data.sensitive` in mlops.yml.", place);

    public static ProblemException Unpaired(string why)
        => Of("MLO2309", "The two sides cannot be compared.", why, "Train and score both sides with the same seeds on the same holdout.");

    public static ProblemException BadLabels(string why)
        => Of("MLO2310", "The holdout cannot judge a model.", why, "Check `data.label`, `data.positive` and `split` in mlops.yml; the holdout needs rows of every class.");

    private static ProblemException Of(string code, string what, string why, string fix, SourcePlace? place = null)
        => new(new Problem(code, what, why, fix) { Place = place });

    private static string Words(ModelTask task) => task switch
    {
        ModelTask.BinaryClassification => "binary classification",
        ModelTask.MulticlassClassification => "multiclass classification",
        _ => "regression",
    };

    public static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
