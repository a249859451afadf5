using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Gate;

/// <summary>A certificate for people: what went wrong in sentences, then every change.</summary>
internal static class CertificatePage
{
    public static Page Of(Certificate certificate)
    {
        var page = new Page().Heading($"{certificate.Model}: {(certificate.Certified ? "certified" : "not certified")}").Line(certificate.Sentence);
        foreach (var mutant in certificate.Damages.Concat(certificate.Improvements).Where(mutant => !mutant.Holds && !certificate.Sentence.StartsWith(mutant.Sentence, StringComparison.Ordinal)))
        {
            page.Line($"{mutant.Name}: {mutant.Sentence}");
        }

        return page
            .Table(["damage", "outcome", "by"], certificate.Damages.Select(Row))
            .Table(["improvement", "outcome", "by"], certificate.Improvements.Select(Row))
            .Fields(
                ("no change", $"{Number(certificate.Null.Rejections)} of {Number(certificate.Null.Repetitions)} rejected ({Percent(certificate.Null.Rate)}, 95 % interval {Percent(certificate.Null.Lower)} to {Percent(certificate.Null.Upper)}; nominal {Percent(certificate.Null.Nominal)}), {Number(certificate.Null.Undecided)} inconclusive, {Number(certificate.Null.Rows)} rows each"),
                ("run", certificate.RunId),
                ("policy", certificate.PolicyDigest),
                ("engine", certificate.EngineDigest));
    }

    private static string[] Row(MutantResult mutant)
        => [mutant.Name, $"{(mutant.Holds ? string.Empty : "! ")}{Word(mutant.Outcome)}", string.Join(", ", mutant.By)];

    private static string Word(MutantOutcome outcome) => outcome == MutantOutcome.NotApplicable ? "does not apply" : outcome.ToString().ToLowerInvariant();

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} %");
}
