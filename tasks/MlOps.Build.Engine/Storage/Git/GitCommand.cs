using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>Starts git so that it asks nothing, runs no hook and speaks English.</summary>
internal sealed class GitCommand(IProcessRunner processes, IEnvironment environment, string folder)
{
    /// <summary>The output of a command that must succeed.</summary>
    /// <exception cref="ProblemException">MLO2405: it did not.</exception>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await TryAsync(arguments, cancellationToken);
        return result.Succeeded ? result.Output : throw Failed(arguments, result);
    }

    /// <summary>The result of a command that may fail.</summary>
    public Task<ProcessResult> TryAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
        => processes.RunAsync(Request(arguments), cancellationToken);

    /// <summary>The result of a command whose streams or time are special.</summary>
    public Task<ProcessResult> TryAsync(
        IReadOnlyList<string> arguments, Func<ProcessRequest, ProcessRequest> change, CancellationToken cancellationToken)
        => processes.RunAsync(change(Request(arguments)), cancellationToken);

    public static ProblemException Failed(IReadOnlyList<string> arguments, ProcessResult result)
        => new(new Problem(
            "MLO2405",
            $"`git {string.Join(' ', arguments)}` failed.",
            result.LastLines.Count == 0
                ? FormattableString.Invariant($"It ended with exit code {result.ExitCode}.")
                : OutputNeutraliser.Quote(result.LastLines, limit: 5),
            "Run the same command by hand in this repository and mend what it says.")
        {
            Exit = ExitCode.Unavailable,
        });

    private ProcessRequest Request(IReadOnlyList<string> arguments)
        => new()
        {
            Program = "git",
            Arguments = ["-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false", "-c", "advice.detachedHead=false", .. arguments],
            WorkingDirectory = folder,
            Environment = Variables(),
            OutputLimit = 64 * 1024 * 1024,
        };

    private Dictionary<string, string> Variables()
    {
        // GIT_DIR and its like, set inside of hooks, would point git at another repository than the project's.
        var variables = environment.Variables
            .Where(pair => pair.Key is not ("GIT_DIR" or "GIT_WORK_TREE" or "GIT_INDEX_FILE" or "GIT_PREFIX"
                or "GIT_COMMON_DIR" or "GIT_OBJECT_DIRECTORY" or "GIT_NAMESPACE"))
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        variables["LC_ALL"] = "C.UTF-8";
        variables["LANGUAGE"] = "C";
        variables["GIT_TERMINAL_PROMPT"] = "0";
        variables["GIT_OPTIONAL_LOCKS"] = "0";
        return variables;
    }
}
