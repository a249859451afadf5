namespace MlOps.Build.Engine.Evaluating;

/// <summary>Multiclass predictions made comparable: probabilities that sum to one, and one predicted class a row.</summary>
internal static class MulticlassRows
{
    /// <summary>The first class with the largest probability, or the class the model named.</summary>
    public static int[] Predicted(ScoredRows rows)
    {
        if (rows.Predictions.Classes is { } classes)
        {
            return classes;
        }

        var scores = rows.Predictions.Scores;
        var predicted = new int[rows.Labels.Length];
        for (var row = 0; row < predicted.Length; row++)
        {
            for (var category = 1; category < scores.Length; category++)
            {
                if (scores[category][row] > scores[predicted[row]][row])
                {
                    predicted[row] = category;
                }
            }
        }

        return predicted;
    }

    /// <summary>Probabilities divided by their sum over the classes of the row.</summary>
    public static double[][] Probabilities(ScoredRows rows)
    {
        var scores = rows.Predictions.Scores;
        var probabilities = scores.Select(column => (double[])column.Clone()).ToArray();
        for (var row = 0; row < rows.Labels.Length; row++)
        {
            var sum = 0.0;
            foreach (var column in scores)
            {
                sum += column[row];
            }

            foreach (var column in probabilities)
            {
                column[row] = sum > 0 ? column[row] / sum : 1.0 / scores.Length;
            }
        }

        return probabilities;
    }

    public static double[] LogLoss(ScoredRows rows)
    {
        var probabilities = Probabilities(rows);
        return [.. rows.Labels.Select((label, row) => -Math.Log(RowLosses.Clipped(probabilities[(int)label][row])))];
    }

    /// <summary>The squared distance of the probabilities to the truth, summed over the classes.</summary>
    public static double[] Brier(ScoredRows rows)
    {
        var probabilities = Probabilities(rows);
        return [.. rows.Labels.Select((label, row) => probabilities
            .Select((column, category) => column[row] - (category == (int)label ? 1 : 0))
            .Sum(error => error * error))];
    }

    public static double[] Correct(ScoredRows rows)
    {
        var predicted = Predicted(rows);
        return [.. rows.Labels.Select((label, row) => predicted[row] == (int)label ? 1.0 : 0.0)];
    }

    /// <summary>1 where the class is among the <paramref name="k"/> with the largest probabilities, else 0.</summary>
    public static double[] InTop(ScoredRows rows, int k)
    {
        var scores = rows.Predictions.Scores;
        return [.. rows.Labels.Select((label, row) =>
        {
            var own = (int)label;
            var before = 0;
            for (var category = 0; category < scores.Length; category++)
            {
                before += scores[category][row] > scores[own][row] || (scores[category][row] == scores[own][row] && category < own) ? 1 : 0;
            }

            return before < k ? 1.0 : 0.0;
        })];
    }

    public static CalibrationErrorColumn TopLabelCalibration(ScoredRows rows)
    {
        var predicted = Predicted(rows);
        var probabilities = Probabilities(rows);
        return new([.. predicted.Select((category, row) => probabilities[category][row])], row => predicted[row] == (int)rows.Labels[row]);
    }
}
