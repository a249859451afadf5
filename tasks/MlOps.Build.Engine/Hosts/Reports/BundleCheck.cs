using MlOps.Build.Contracts;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Hosts.Reports;

/// <summary>Whether a stranger's report belongs together and says no more than a pull request may.</summary>
internal static class BundleCheck
{
    private const int MostListed = 2_000;

    /// <summary>What does not hold, or null.</summary>
    public static string? Fault(ReportDocument report, DateTimeOffset now)
    {
        var (run, verdict, evaluation) = (report.Run, report.Verdict, report.Evaluation);
        return true switch
        {
            _ when !IsName(verdict.Model) || verdict.Model != run.Model || verdict.Model != evaluation.Model => "Its parts name no model, or several.",
            _ when verdict.Mode != run.Mode || evaluation.Mode != run.Mode => "Its parts are of different modes.",
            _ when !RunId.IsRunId(run.Id) || !run.Challengers.Concat(run.Baselines).All(RunId.IsRunId) => "A run in it has no id.",
            _ when run.Git.Commit is { } commit && !IsCommit(commit) => "Its commit is none.",
            _ when Digest.OfDocument(evaluation) != verdict.Subject.Evaluation => "Its verdict is about another evaluation.",
            _ when Digest.OfDocument(verdict) != report.VerdictDigest => "It names another verdict.",
            _ when verdict.CreatedAt > now.AddHours(1) || run.StartedAt > now.AddHours(1) => "Its verdict is from the future.",
            _ when verdict.ExpiresAt <= verdict.CreatedAt => "Its verdict ends before it begins.",
            _ when verdict.Findings.Length > MostListed || evaluation.Slices.Length > MostListed || evaluation.Metrics.Length > MostListed
                || evaluation.WeakSlices is { } weak && (weak.Found.Length > MostListed || weak.LeftOut.Length > MostListed) => "It lists too much.",
            _ => null,
        };
    }

    private static bool IsName(string text)
        => text.Length is > 0 and <= 64
            && char.IsAsciiLetterOrDigit(text[0])
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.');

    private static bool IsCommit(string text) => text.Length is >= 7 and <= 64 && text.All(char.IsAsciiHexDigitLower);
}
