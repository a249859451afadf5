using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>Counts how the verdicts on samples of one size compare with those on all rows.</summary>
internal sealed class SampleTally(double share, long trainingRows)
{
    private const double Level = 0.975;

    private int verdicts;
    private int agreed;
    private int undecided;
    private int missed;
    private int falseAlarms;
    private double seconds;

    /// <summary>What a sample of this share has; never more than half of the rows, as in a pull request.</summary>
    public long Rows { get; } = Math.Clamp((long)Math.Round(share * trainingRows), 1, Math.Max(1, trainingRows / 2));

    /// <summary>A warning lets a change through as a pass does, so both are one answer.</summary>
    public void Add(VerdictKind truth, VerdictKind sampled, double took)
    {
        var (whole, sample) = (Answer(truth), Answer(sampled));
        verdicts++;
        seconds += took;
        agreed += whole == sample ? 1 : 0;
        undecided += whole != sample && sample == VerdictKind.Inconclusive ? 1 : 0;
        missed += whole != sample && sample == VerdictKind.Pass ? 1 : 0;
        falseAlarms += whole != sample && sample == VerdictKind.Fail ? 1 : 0;
    }

    public SampleFidelity ToDocument()
    {
        var rate = verdicts == 0 ? 0 : agreed / (double)verdicts;
        var bounds = verdicts == 0 ? new Interval(0, 1) : Wilson.Of(rate, verdicts, Normal.Quantile(Level));
        return new()
        {
            Share = share,
            Rows = Rows,
            Verdicts = verdicts,
            Agreed = agreed,
            Undecided = undecided,
            Missed = missed,
            FalseAlarms = falseAlarms,
            Rate = rate,
            Lower = bounds.Lower,
            Upper = bounds.Upper,
            Seconds = verdicts == 0 ? 0 : seconds / verdicts,
        };
    }

    private static VerdictKind Answer(VerdictKind kind) => kind == VerdictKind.Warn ? VerdictKind.Pass : kind;
}
