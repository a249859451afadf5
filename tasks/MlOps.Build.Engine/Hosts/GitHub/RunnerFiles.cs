using System.Security.Cryptography;
using System.Text;

namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>The files that the runner reads when the step has ended.</summary>
internal static class RunnerFiles
{
    /// <summary>More than this and the runner shows an error in place of the summary.</summary>
    private const long MostSummaryBytes = 1024 * 1024;

    private const string TooLong = "The report is longer than a job summary may be: it is in the output `report-path`.\n";

    /// <summary>Appends an output; one of several lines between delimiters that its value cannot contain.</summary>
    public static void Output(string? file, string name, string value)
    {
        if (file is { Length: > 0 })
        {
            File.AppendAllText(file, Assignment(name, value, () => RandomNumberGenerator.GetHexString(32, lowercase: true)));
        }
    }

    public static string Assignment(string name, string value, Func<string> random)
    {
        if (!value.AsSpan().ContainsAny('\r', '\n'))
        {
            return $"{name}={value}\n";
        }

        string delimiter;
        do
        {
            delimiter = "mlops_" + random();
        }
        while (value.Contains(delimiter, StringComparison.Ordinal));

        return $"{name}<<{delimiter}\n{value}\n{delimiter}\n";
    }

    /// <summary>Appends to the job summary, or says where the report is when the whole would be too long.</summary>
    public static async Task SummariseAsync(string? file, string markdown, CancellationToken cancellationToken)
    {
        if (file is not { Length: > 0 })
        {
            return;
        }

        var there = File.Exists(file) ? new FileInfo(file).Length : 0;
        var text = markdown + "\n";
        if (there + Encoding.UTF8.GetByteCount(text) > MostSummaryBytes)
        {
            text = TooLong;
        }

        if (there + Encoding.UTF8.GetByteCount(text) <= MostSummaryBytes)
        {
            await File.AppendAllTextAsync(file, text, cancellationToken);
        }
    }
}
