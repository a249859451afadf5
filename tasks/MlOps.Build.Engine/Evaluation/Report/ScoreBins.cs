using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Rows of each class by score: what every threshold of two digits would decide.</summary>
internal static class ScoreBins
{
    public const int Count = 100;

    /// <summary>A report is also drawn from documents that code under review wrote: what cannot be counted rows is not drawn.</summary>
    public static ScoreHistogram? Sound(ScoreHistogram? scores)
        => scores is { Negative.Length: Count, Positive.Length: Count } && scores.Negative.Concat(scores.Positive).All(rows => rows is >= 0 and < 1L << 40) ? scores : null;

    public static ScoreHistogram Of(ReadOnlySpan<double> labels, ReadOnlySpan<double> scores)
    {
        var bins = new ScoreHistogram(new long[Count], new long[Count]);
        for (var row = 0; row < scores.Length; row++)
        {
            (labels[row] == 1 ? bins.Positive : bins.Negative)[Bin(scores[row])]++;
        }

        return bins;
    }

    /// <summary>A score that is at least k/100 lies in bin k or above, also where the product of the two is rounded.</summary>
    private static int Bin(double score)
    {
        var bin = Math.Clamp((int)(score * Count), 0, Count - 1);
        if (bin < Count - 1 && score >= (bin + 1) / (double)Count)
        {
            return bin + 1;
        }

        return bin > 0 && score < bin / (double)Count ? bin - 1 : bin;
    }
}
