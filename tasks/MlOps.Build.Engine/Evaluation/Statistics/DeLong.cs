namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// The variance of an AUC, or of a sum of AUCs on the same rows, from what each row adds to it: DeLong, DeLong and
/// Clarke-Pearson 1988 (doi:10.2307/2531595) by midranks, Sun and Xu 2014 (doi:10.1109/LSP.2014.2337313).
/// </summary>
public static class DeLong
{
    /// <summary>
    /// For a positive row the share of negatives it beats, for a negative row the share of positives that beat it, ties
    /// counted half.
    /// </summary>
    internal static double[] Components(AucColumn auc, double[] labels)
    {
        var components = new double[labels.Length];
        var positives = labels.Count(label => label == 1);
        var negatives = labels.Length - positives;
        var packed = auc.Order.Packed;
        int positivesBelow = 0, negativesBelow = 0;
        for (var start = 0; start < packed.Length;)
        {
            var end = start;
            int tiedPositives = 0, tiedNegatives = 0;
            do
            {
                _ = RankOrder.IsPositive(packed[end]) ? tiedPositives++ : tiedNegatives++;
            }
            while (!RankOrder.IsLastOfTie(packed[end++]));

            var beaten = (negativesBelow + (tiedNegatives / 2.0)) / negatives;
            var beating = (positives - positivesBelow - (tiedPositives / 2.0)) / positives;
            for (; start < end; start++)
            {
                components[RankOrder.Row(packed[start])] = RankOrder.IsPositive(packed[start]) ? beaten : beating;
            }

            positivesBelow += tiedPositives;
            negativesBelow += tiedNegatives;
        }

        return components;
    }

    /// <summary>
    /// The variance of the sum of AUCs that <paramref name="components"/> (a sum of columns of
    /// <see cref="Components"/>) belongs to; NaN with fewer than two rows of a class. With groups, rows of a group
    /// count as one observation (Obuchowski 1997, doi:10.2307/2533958).
    /// </summary>
    public static double Variance(double[] components, double[] labels, int[]? groups)
    {
        int positives = 0, negatives = 0;
        double positiveSum = 0, negativeSum = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] == 1)
            {
                positives++;
                positiveSum += components[i];
            }
            else
            {
                negatives++;
                negativeSum += components[i];
            }
        }

        if (positives < 2 || negatives < 2)
        {
            return double.NaN;
        }

        var (positiveMean, negativeMean) = (positiveSum / positives, negativeSum / negatives);
        if (groups is not null)
        {
            return Clusters.VarianceOfSum(
                labels.Length,
                i => labels[i] == 1
                    ? (components[i] - positiveMean) / positives
                    : (components[i] - negativeMean) / negatives,
                groups);
        }

        double positiveSquares = 0, negativeSquares = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] == 1)
            {
                positiveSquares += (components[i] - positiveMean) * (components[i] - positiveMean);
            }
            else
            {
                negativeSquares += (components[i] - negativeMean) * (components[i] - negativeMean);
            }
        }

        return (positiveSquares / (positives - 1) / positives) + (negativeSquares / (negatives - 1) / negatives);
    }

    /// <summary>The interval of one AUC on the logit scale, which stays inside 0 and 1.</summary>
    public static Interval Logit(double auc, double standardError, double z)
    {
        var logit = Math.Log(auc / (1 - auc));
        var halfWidth = z * standardError / (auc * (1 - auc));
        return new(Logistic(logit - halfWidth), Logistic(logit + halfWidth));
    }

    private static double Logistic(double value) => 1 / (1 + Math.Exp(-value));
}
