using System.CommandLine;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Tool.Application;

/// <summary>What the handler of a verb is made from: the parsed words and the world.</summary>
internal sealed class VerbContext(ParseResult words, ToolHost host, string? named = null)
{
    public ToolHost Host => host;

    public IProgressLog Progress { get; } = new ProgressLog(
        host.Error,
        host.Time,
        words.GetValue(GlobalOptions.Quiet) ? Verbosity.Quiet : words.GetValue(GlobalOptions.Verbose) ? Verbosity.Verbose : Verbosity.Normal);

    /// <summary>The project's folder: <c>--root</c>, or the nearest folder with mlops.yml from here upwards.</summary>
    public string ProjectRoot => (words.GetValue(GlobalOptions.Root) ?? named) is { } root
        ? Path.GetFullPath(root, host.WorkingDirectory)
        : Nearest(host.WorkingDirectory) ?? host.WorkingDirectory;

    /// <summary>Whether stdout has to be one document.</summary>
    public bool IsJson => words.GetValue(GlobalOptions.Output) == OutputFormat.Json;

    /// <summary>The same in a folder that the build server named; <c>--root</c> on the command line counts more.</summary>
    public VerbContext At(string? root) => root is null ? this : new(words, host, root);

    public T? Value<T>(Option<T> option) => words.GetValue(option);

    /// <summary>Whether the command line names one of the options.</summary>
    public bool IsGiven(params ReadOnlySpan<Option> options)
    {
        foreach (var option in options)
        {
            if (words.GetResult(option) is { Implicit: false })
            {
                return true;
            }
        }

        return false;
    }

    public T? Value<T>(Argument<T> argument) => words.GetValue(argument);

    /// <summary>The settings of the project.</summary>
    /// <exception cref="ProblemException">There is no mlops.yml, or it has a problem.</exception>
    public ProjectConfiguration Configuration() => ConfigurationReader.Read(ProjectRoot);

    /// <summary>The project's state folder, after a look that none of it was committed.</summary>
    /// <exception cref="ProblemException">MLO2416: some of it was.</exception>
    public async Task<StateFolder> StateAsync(CancellationToken cancellationToken)
    {
        var state = new StateFolder(ProjectRoot);
        await CommittedState.RefuseAsync(state, new ProcessRunner(host.Environment, host.Time), host.Environment, cancellationToken);
        return state;
    }

    /// <summary>The project's runs; see <see cref="StateAsync"/>.</summary>
    public async Task<RunStore> RunsAsync(CancellationToken cancellationToken)
        => new(await StateAsync(cancellationToken), host.Time);

    private static string? Nearest(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            if (File.Exists(Path.Combine(current.FullName, ConfigurationReader.FileName)))
            {
                return current.FullName;
            }
        }

        return null;
    }
}
