using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Judges costs by the trainings of a run: each training of one side beside the same training of the other.</summary>
internal static class FootprintMeasurer
{
    public static IEnumerable<RuleMeasurement> Measure(IReadOnlyList<PolicyRule> rules, EvaluationInput input)
        => rules.Where(rule => rule.Footprint is not null)
            .SelectMany(rule => rule.Limits.Select(limit => Measure(rule, limit, input)));

    /// <summary>What the evaluation records; null where no rule asks.</summary>
    public static FootprintSample[]? Recorded(IReadOnlyList<PolicyRule> rules, EvaluationInput input)
        => rules.Any(rule => rule.Footprint is not null) && input.Footprint is { } samples
            ? [.. samples.Where(sample => rules.Any(rule => rule.Footprint is { } name && FootprintCatalogue.Measured(name) == sample.Name))]
            : null;

    private static RuleMeasurement Measure(PolicyRule rule, PolicyLimit limit, EvaluationInput input)
    {
        var name = rule.Footprint!;
        if (input.Footprint?.FirstOrDefault(sample => sample.Name == FootprintCatalogue.Measured(name)) is not { } sample)
        {
            return Without(MeasurementStatus.Undefined, "it was not measured: predictions alone do not show it, `mlops run` does");
        }

        if (limit.Contrast.NeedsBaseline && input.Baseline is null)
        {
            return Without(MeasurementStatus.NoBaseline, "there is no baseline yet");
        }

        // A change whose scorer keeps silent would otherwise take the rule out of the way.
        if (sample is { Challenger: null, Note: { } silence } && FootprintCatalogue.IsOfRows(name))
        {
            return Without(MeasurementStatus.Undefined, silence);
        }

        if (sample.Challenger is not { } challenger || (limit.Contrast.NeedsBaseline && sample.Baseline is null))
        {
            return Without(MeasurementStatus.TooFewRows, sample.Note is { } why ? $"cannot tell: {why}" : "both sides have to be trained in this run; a training of an earlier run or of the champion is not compared (`--no-cache` trains again)");
        }

        var isExact = name == FootprintCatalogue.ModelSize;
        if (challenger.Length < 2 && !isExact)
        {
            return Without(MeasurementStatus.TooFewRows, "one training has no interval: `sample.seeds` of 2 or more gives one");
        }

        double Of(double measured) => name == FootprintCatalogue.Energy ? EnergyEstimate.WattHours(measured, input.Policy) : measured;
        var values = challenger.Select((value, place) => limit.Contrast.Of(Of(value), Of(sample.Baseline?[place] ?? 0))).ToArray();
        var estimate = Estimate(values, input.Policy.Confidence);
        return Without(MeasurementStatus.Measured, name == FootprintCatalogue.Energy ? EnergyEstimate.Words(Of(challenger.Average()), input.Policy) : null) with
        {
            Challenger = Of(challenger.Average()),
            Baseline = sample.Baseline is { } others ? Of(others.Average()) : null,
            Estimate = estimate.Value,
            StandardError = estimate.StandardError,
            DegreesOfFreedom = estimate.DegreesOfFreedom,
            Lower = estimate.Bounds!.Value.Lower,
            Upper = estimate.Bounds.Value.Upper,
            HarmPValue = Decision.HarmPValue(estimate, limit.Limit, input.Policy.Confidence),
            Method = values.Length < 2 ? Methods.None : limit.Contrast.NeedsBaseline ? Methods.PairedT : Methods.MeanT,
        };

        RuleMeasurement Without(MeasurementStatus status, string? note)
            => RuleMeasurer.Empty(rule, limit, slice: null, FootprintCatalogue.IsOfScoring(name) ? input.Footprint?.FirstOrDefault(sample => sample.Name == name)?.Challenger?.Length ?? 0 : input.Challenger.Replicates.Count, status, note) with { Metric = name, Unit = FootprintCatalogue.Units[name] };
    }

    /// <summary>The size of one model is known exactly; of several trainings, the mean with Student's interval.</summary>
    private static Estimate Estimate(double[] values, double confidence)
    {
        var mean = values.Average();
        if (values.Length < 2)
        {
            return new() { Value = mean, StandardError = 0, Bounds = new(mean, mean) };
        }

        var degrees = values.Length - 1;
        var error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / degrees / values.Length);
        var reach = StudentT.Quantile(confidence, degrees) * error;
        return new() { Value = mean, StandardError = error, DegreesOfFreedom = degrees, Bounds = new(mean - reach, mean + reach) };
    }
}
