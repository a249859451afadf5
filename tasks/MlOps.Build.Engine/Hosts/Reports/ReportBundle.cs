using MlOps.Build.Contracts;
using MlOps.Build.Engine.Pipeline;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Hosts.Reports;

/// <summary>
/// What an untrusted job left behind, read as data. Of all its files only <c>report.json</c> is opened; text that somebody
/// rendered, numbers of pull requests, links, commands and paths in it count for nothing.
/// </summary>
public static class ReportBundle
{
    public const int MostFiles = 200;
    public const long MostBytes = 5 * 1024 * 1024;

    /// <summary>The report of a bundle, with everything that this job knows better put in its place.</summary>
    /// <param name="folder">Where the artifact was unpacked.</param>
    /// <param name="page">The page of the run that left it, as the host names it; null: no link.</param>
    /// <param name="now">The time: a verdict of tomorrow could never be replaced.</param>
    /// <exception cref="ProblemException">MLO2961: it is not what mlops writes.</exception>
    public static ReportInput Read(string folder, string? page, DateTimeOffset now)
    {
        RefuseOddFiles(new DirectoryInfo(folder));
        var bytes = File.ReadAllBytes(Path.Combine(folder, ReportFiles.Json));
        var report = Parse(bytes);
        if (BundleCheck.Fault(report, now) is { } fault)
        {
            throw Refused(fault);
        }

        var run = report.Run with { Host = new HostState { Name = report.Run.Host.Name, RunUrl = page, Actor = string.Empty } };
        return ReportInput.Of(report) with { Run = run, NextSteps = Steps(report.Verdict, run) };
    }

    /// <summary>What nobody has merged is not registered, on however many rows it was judged.</summary>
    private static IReadOnlyList<NextStep> Steps(Verdict verdict, RunRecord run)
        => verdict.Kind is VerdictKind.Pass or VerdictKind.Warn && run.Mode == RunMode.Full
            ? [new("mlops ci release", "The change may be merged. The release trains and judges the merged code, and registers that.")]
            : NextSteps.Of(verdict, run);

    private static ReportDocument Parse(byte[] bytes)
    {
        if (BundleJson.Fault(bytes) is { } fault)
        {
            throw Refused(fault);
        }

        try
        {
            return Documents.Parse<ReportDocument>(bytes, ReportFiles.Json);
        }
        catch (ProblemException exception)
        {
            throw Refused(exception.Problem.Why);
        }
    }

    /// <summary>An artifact may hold anything, links out of the folder and very many files included.</summary>
    private static void RefuseOddFiles(DirectoryInfo folder)
    {
        if (!folder.Exists)
        {
            throw Refused("There is no such folder.");
        }

        var (files, bytes) = (0, 0L);
        var pending = new Stack<DirectoryInfo>([folder]);
        while (pending.TryPop(out var current))
        {
            foreach (var entry in current.EnumerateFileSystemInfos())
            {
                if (entry.LinkTarget is not null || entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
                {
                    throw Refused("It holds a link.");
                }

                bytes += entry is FileInfo file ? file.Length : 0;
                if (++files > MostFiles || bytes > MostBytes)
                {
                    throw Refused(FormattableString.Invariant($"It holds more than {MostFiles} files or {MostBytes} bytes."));
                }

                if (entry is DirectoryInfo below)
                {
                    pending.Push(below);
                }
            }
        }

        if (!File.Exists(Path.Combine(folder.FullName, ReportFiles.Json)))
        {
            throw Refused($"It has no {ReportFiles.Json} at its top.");
        }
    }

    public static ProblemException Refused(string why) => new(new Problem(
        "MLO2961",
        "The bundle of the other run is not used.",
        Processes.OutputNeutraliser.Neutralise(why.Length > 300 ? why[..300] : why),
        "Upload the folder `.mlops/runs/<id>` of `mlops ci pr` as it is, and unpack it into a folder of its own.")
    { Exit = ExitCode.Refused });
}
