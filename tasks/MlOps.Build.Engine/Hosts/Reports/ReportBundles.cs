using MlOps.Build.Contracts;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Hosts.Reports;

/// <summary>The bundles of a run: one at the top of the folder, or one in each folder below it where several models were judged.</summary>
/// <param name="Reports">Those that hold, one a model.</param>
/// <param name="Refused">Why the others are not used.</param>
public sealed record ReportBundles(IReadOnlyList<ReportInput> Reports, IReadOnlyList<ProblemException> Refused)
{
    /// <summary>Each is a comment, and whoever opens a pull request chooses how many its run leaves.</summary>
    public const int Most = 20;

    /// <summary>Whether the run left nothing at all.</summary>
    public bool IsEmpty => Reports.Count == 0 && Refused.Count == 0;

    /// <summary>Reads them, each by itself: one that is refused does not take the others with it.</summary>
    /// <param name="folder">Where the artifacts were unpacked; it is not there when there were none.</param>
    /// <param name="page">The page of the run that left them, as the host names it.</param>
    /// <param name="now">The time.</param>
    public static ReportBundles Read(string folder, string? page, DateTimeOffset now)
    {
        var (reports, refused) = (new List<ReportInput>(), new List<ProblemException>());
        var folders = Folders(folder);
        if (folders.Count > Most)
        {
            refused.Add(ReportBundle.Refused(FormattableString.Invariant($"The run left more than {Most} of them.")));
            folders = [];
        }

        foreach (var bundle in folders)
        {
            try
            {
                if (new DirectoryInfo(bundle).LinkTarget is not null)
                {
                    throw ReportBundle.Refused("It is a link.");
                }

                var report = ReportBundle.Read(bundle, page, now);
                if (reports.Exists(other => other.Verdict.Model == report.Verdict.Model))
                {
                    throw ReportBundle.Refused($"Two of them are of the model '{report.Verdict.Model}': a model has one comment.");
                }

                reports.Add(report);
            }
            catch (ProblemException exception)
            {
                refused.Add(exception);
            }
        }

        return new(reports, refused);
    }

    private static IReadOnlyList<string> Folders(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        if (Directory.EnumerateFiles(folder).Any())
        {
            return [folder];
        }

        return [.. Directory.EnumerateDirectories(folder).Take(Most + 1).Order(StringComparer.Ordinal)];
    }
}
