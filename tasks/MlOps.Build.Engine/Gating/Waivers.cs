using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Gating;

/// <summary>Failed rules that two people set aside for a time: they still show, and the verdict is at best a warning.</summary>
internal static class Waivers
{
    public static Finding Apply(Finding finding, GateConfiguration policy, DateTimeOffset now)
    {
        if (finding is not { Result: FindingResult.Fail, Measurement.Advisory: false })
        {
            return finding;
        }

        var waivers = policy.Waivers.Where(waiver => waiver.IsByTwo && Covers(waiver, finding.Measurement)).ToList();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (waivers.Where(waiver => waiver.Until >= today).MaxBy(waiver => waiver.Until) is { } waiver)
        {
            return finding with
            {
                Result = FindingResult.Waived,
                Waiver = new([.. waiver.By], waiver.Why, Date(waiver.Until)),
                Sentence = $"{finding.Sentence} Waived by {string.Join(" and ", waiver.By)} until {Date(waiver.Until)}: {waiver.Why}",
            };
        }

        return waivers.MaxBy(old => old.Until) is { } expired
            ? finding with { Sentence = $"{finding.Sentence} Its waiver ended on {Date(expired.Until)}." }
            : finding;
    }

    private static bool Covers(WaiverConfiguration waiver, RuleMeasurement measurement)
        => waiver.Rule == measurement.Metric
            && waiver.Column == (measurement.Column ?? measurement.By)
            && (waiver.Value is null || (measurement.Column is not null && waiver.Value == measurement.Value));

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
