using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Gating;

/// <summary>One measurement against its limit: nothing but comparisons of numbers.</summary>
internal static class Judgement
{
    /// <param name="measurement">What was measured.</param>
    /// <param name="adjustedHarm">For an alarm: its p-value of harm after Holm's correction.</param>
    /// <param name="confidence">The level of every decision.</param>
    /// <summary>Whether the limit holds.</summary>
    public static FindingResult Of(RuleMeasurement measurement, double? adjustedHarm, double confidence)
        => measurement.Status switch
        {
            MeasurementStatus.Measured when measurement.Kind == RuleKind.Alarm => Alarm(adjustedHarm, confidence),
            MeasurementStatus.Measured => Prove(measurement),
            MeasurementStatus.NoBaseline or MeasurementStatus.TooFewRows => FindingResult.NotJudged,
            MeasurementStatus.Undefined when measurement is { Kind: RuleKind.Alarm } && (measurement.Column ?? measurement.By) is not null => FindingResult.NotJudged,
            _ => FindingResult.Fail,
        };

    /// <summary>What the numbers say about the change; null for a floor or a ceiling.</summary>
    public static ChangeDirection? Direction(RuleMeasurement measurement)
    {
        if (measurement.Test is RuleTest.AtLeast or RuleTest.AtMost
            || measurement is not { Lower: { } lower, Upper: { } upper })
        {
            return null;
        }

        // A relative margin is tested by what is left of it, which says nothing about "better".
        var relative = FindingSentence.IsRelative(measurement);
        return lower > 0 && !relative ? ChangeDirection.Better
            : upper < 0 ? ChangeDirection.Worse
            : lower > measurement.Limit ? ChangeDirection.NotWorse
            : ChangeDirection.CannotTell;
    }

    private static FindingResult Alarm(double? adjustedHarm, double confidence)
        => adjustedHarm switch
        {
            null => FindingResult.NotJudged,
            { } p when p < 1 - confidence => FindingResult.Fail,
            _ => FindingResult.Pass,
        };

    private static FindingResult Prove(RuleMeasurement measurement)
    {
        if (measurement is not { Lower: { } lower, Upper: { } upper })
        {
            return FindingResult.Inconclusive;
        }

        // A floor may be touched, a margin must be cleared; two equal models clear a margin of zero.
        var touching = measurement.Test is RuleTest.AtLeast or RuleTest.AtMost
            || (measurement.Test == RuleTest.NoWorseBy && measurement.StandardError == 0);
        return lower > measurement.Limit || (touching && lower >= measurement.Limit) ? FindingResult.Pass
            : upper < measurement.Limit ? FindingResult.Fail
            : FindingResult.Inconclusive;
    }
}
