using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>The last value of the validation metric: what the algorithm itself stopped on, in natural units.</summary>
internal static class ValidationMetrics
{
    private const double Least = 1e-15;

    public static IEnumerable<(string Name, double Value)> Of(ModelTask task, IDataView? scored)
    {
        if (scored is null)
        {
            return [];
        }

        return task switch
        {
            ModelTask.BinaryClassification => scored.Schema.GetColumnOrNull("Probability") is null
                ? []
                : [("validation-log-loss", Mean(scored, BinaryLoss(scored)))],
            ModelTask.MulticlassClassification => [("validation-log-loss", Mean(scored, ClassLoss(scored)))],
            _ => [("validation-rmse", Math.Sqrt(Mean(scored, SquaredError(scored))))],
        };
    }

    private static Func<DataViewRow, Func<double>> BinaryLoss(IDataView view) => row =>
    {
        var label = row.GetGetter<bool>(view.Schema[TrainingContext.LabelColumn]);
        var probability = row.GetGetter<float>(view.Schema["Probability"]);
        var isPositive = false;
        float p = 0;
        return () =>
        {
            label(ref isPositive);
            probability(ref p);
            return -Math.Log(Math.Max(Least, isPositive ? p : 1.0 - p));
        };
    };

    private static Func<DataViewRow, Func<double>> ClassLoss(IDataView view) => row =>
    {
        var label = row.GetGetter<uint>(view.Schema[TrainingContext.LabelColumn]);
        var scores = row.GetGetter<VBuffer<float>>(view.Schema["Score"]);
        uint key = 0;
        VBuffer<float> values = default;
        return () =>
        {
            label(ref key);
            scores(ref values);
            return -Math.Log(Math.Max(Least, values.GetItemOrDefault((int)key - 1)));
        };
    };

    private static Func<DataViewRow, Func<double>> SquaredError(IDataView view) => row =>
    {
        var label = row.GetGetter<float>(view.Schema[TrainingContext.LabelColumn]);
        var score = row.GetGetter<float>(view.Schema["Score"]);
        float actual = 0;
        float predicted = 0;
        return () =>
        {
            label(ref actual);
            score(ref predicted);
            return Math.Pow(actual - (double)predicted, 2);
        };
    };

    private static double Mean(IDataView view, Func<DataViewRow, Func<double>> loss)
    {
        using var cursor = view.GetRowCursor(view.Schema);
        var next = loss(cursor);
        var sum = 0.0;
        var rows = 0L;
        while (cursor.MoveNext())
        {
            sum += next();
            rows++;
        }

        return rows == 0 ? double.NaN : sum / rows;
    }
}
