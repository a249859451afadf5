using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Training;

/// <summary>Says what a trainer or a scorer did wrong.</summary>
internal static class ProgramFailure
{
    /// <summary>The problem in words.</summary>
    /// <param name="what">What did not happen, such as <c>The challenger could not be trained.</c></param>
    /// <param name="request">The program with its limits.</param>
    /// <param name="result">How it ended: not with 0.</param>
    public static ProblemException Of(string what, ProcessRequest request, ProcessResult result) => new(result.End switch
    {
        ProcessEnd.TimedOut => new Problem(
            "MLO2203",
            what,
            With($"The program was stopped after {Seconds(request.Timeout!.Value)}: its time was used up.", result),
            "Give it more time with `train.budget.time` in mlops.yml, or less to do with `sample.rows`."),
        ProcessEnd.OutOfMemory => new Problem(
            "MLO2204",
            what,
            With($"It used {Megabytes(result.PeakMemoryBytes)}; {Megabytes(request.MemoryBytes!.Value)} are allowed.", result),
            "Give it more memory with `train.budget.memory` in mlops.yml, or fewer rows with `sample.rows`."),
        _ => new Problem(
            "MLO2202",
            what,
            With($"The program '{Command(request)}' ended with exit code {result.ExitCode}{Hint(result.ExitCode)}.", result),
            "Mend what its last lines say. `mlops run --verbose` shows all of them as they come."),
    });

    private static string With(string reason, ProcessResult result)
    {
        var lines = OutputNeutraliser.Quote(result.LastLines, limit: 20);
        return lines.Length == 0 ? reason + " It printed nothing." : $"{reason} Its last lines:\n{lines}";
    }

    private static string Command(ProcessRequest request)
        => OutputNeutraliser.Neutralise(string.Join(' ', request.Arguments.Prepend(request.Program)));

    private static string Hint(int exitCode)
        => exitCode == 137 ? " (killed: often by the system, because memory ran out)" : string.Empty;

    private static string Seconds(TimeSpan time)
        => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s";

    private static string Megabytes(long bytes)
        => (bytes / 1048576.0).ToString("0", CultureInfo.InvariantCulture) + " MiB";
}
