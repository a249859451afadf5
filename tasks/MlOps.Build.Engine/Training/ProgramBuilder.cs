using System.Collections.Concurrent;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Training;

/// <summary>
/// Makes a program ready to start: a command as it is, a project published once into <c>.mlops/build</c>. The user's
/// bin and obj folders are not touched, and the same sources give the same bytes wherever they lie.
/// </summary>
public sealed class ProgramBuilder(
    IProcessRunner processes, IEnvironment environment, ProgramSources sources, StateFolder state, IProgressLog log, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Task<BuiltProgram>> _built = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task<string>> _sdks = new(StringComparer.Ordinal);

    /// <summary>The program, built if it is not built yet; asked again, the same builder does not look again.</summary>
    /// <exception cref="ProblemException">MLO2207: the project is not there or does not build.</exception>
    public Task<BuiltProgram> BuildAsync(
        string name, string root, ProgramConfiguration program, CancellationToken cancellationToken)
        => _built.GetOrAdd(
            string.Join('\0', [root, program.Project ?? string.Empty, .. program.Command]),
            _ => BuildOnceAsync(name, root, program, cancellationToken));

    private async Task<BuiltProgram> BuildOnceAsync(
        string name, string root, ProgramConfiguration program, CancellationToken cancellationToken)
    {
        if (program.Project is null)
        {
            var all = await sources.DigestAsync(root, projectFile: null, cancellationToken);
            return new BuiltProgram
            {
                Command = program.Command,
                WorkingDirectory = root,
                Folder = null,
                Digest = all,
                SourceDigest = all,
            };
        }

        var project = ProjectClosure.FindProject(root, program.Project) ?? throw NotFound(root, program.Project);
        var sdk = await SdkVersionAsync(root, cancellationToken);
        var digest = await sources.DigestAsync(root, project, cancellationToken);
        var key = Digest.Hex(Digest.Of(string.Join('\n', digest, Path.GetRelativePath(root, project), sdk, MachineProbe.Platform)));
        var folder = Path.Combine(state.Build, key[..16]);
        if (!Directory.Exists(folder))
        {
            using var build = await state.LockAsync("build", time, cancellationToken);
            if (!Directory.Exists(folder))
            {
                await PublishAsync(name, root, project, folder, cancellationToken);
            }
        }

        var entry = EntryFile(folder, project);
        return new BuiltProgram
        {
            Command = ["dotnet", Path.Combine(folder, entry)],
            WorkingDirectory = root,
            Folder = folder,
            EntryFile = entry,
            Digest = Digest.MerkleRoot(ModelFolder.Digests(folder)),
            SourceDigest = digest,
        };
    }

    /// <summary>The version of the SDK that builds under a root; global.json may choose another than the newest.</summary>
    public Task<string> SdkVersionAsync(string root, CancellationToken cancellationToken)
        => _sdks.GetOrAdd(root, _ => AskSdkVersionAsync(root, cancellationToken));

    private async Task<string> AskSdkVersionAsync(string root, CancellationToken cancellationToken)
    {
        var result = await processes.RunAsync(DotNet(root, ["--version"]), cancellationToken);
        return result.Succeeded ? result.Output.Trim() : throw Failed("dotnet --version", result);
    }

    private async Task PublishAsync(
        string name, string root, string project, string folder, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var relative = Path.GetRelativePath(root, project);
        log.Step($"Building {relative} for the {name}");
        var id = Path.GetFileName(folder);
        var intermediate = Path.Combine(state.Build, "obj", id);
        var fresh = Path.Combine(state.Build, "obj", id + ".publish");

        // Of a build that was killed.
        DeleteIfThere(intermediate);
        DeleteIfThere(fresh);
        try
        {
            var result = await processes.RunAsync(
                DotNet(root, PublishArguments.Of(project, root, intermediate, fresh)), cancellationToken);
            if (!result.Succeeded)
            {
                throw Failed(relative, result);
            }

            Directory.Move(fresh, folder);
        }
        finally
        {
            DeleteIfThere(intermediate);
            DeleteIfThere(fresh);
        }

        log.Step(FormattableString.Invariant($"Built {relative} in {time.GetElapsedTime(started).TotalSeconds:0.0} s"));
    }

    private ProcessRequest DotNet(string root, IReadOnlyList<string> arguments) => new()
    {
        Program = "dotnet",
        Arguments = arguments,
        WorkingDirectory = root,
        Environment = TrainerEnvironment.ForBuild(environment.Variables),
        IsFenced = true,
    };

    /// <summary>The file to start is the one with a runtime configuration, which libraries do not have.</summary>
    private static string EntryFile(string folder, string project)
    {
        var configurations = Directory.GetFiles(folder, "*.runtimeconfig.json")
            .Select(file => Path.GetFileName(file).Replace(".runtimeconfig.json", ".dll", StringComparison.Ordinal))
            .ToList();
        var named = Path.GetFileNameWithoutExtension(project) + ".dll";
        return configurations.Contains(named, StringComparer.Ordinal) ? named
            : configurations is [var only] ? only
            : throw new ProblemException(new Problem(
                "MLO2207",
                $"The project '{Path.GetFileName(project)}' cannot be started.",
                $"It publishes {configurations.Count} programs.",
                "Set `<OutputType>Exe</OutputType>` in the project, or start another one with `command:` in mlops.yml."));
    }

    private static ProblemException NotFound(string root, string project) => new(new Problem(
        "MLO2207",
        $"The project '{project}' was not found.",
        Directory.Exists(Path.GetFullPath(project, Path.GetFullPath(root)))
            ? "The folder does not hold exactly one project file."
            : "There is no such file or folder.",
        "Name the project file in `train.project` or `score.project` of mlops.yml.")
    { Exit = ExitCode.Unavailable });

    private static ProblemException Failed(string project, ProcessResult result)
    {
        var lines = result.Output.Split('\n').Concat(result.LastLines).ToList();
        var errors = lines.Where(line => line.Contains(": error ", StringComparison.Ordinal)).Select(line => line.Trim())
            .Distinct(StringComparer.Ordinal).Take(5).ToList();
        return new ProblemException(new Problem(
            "MLO2207",
            $"The project '{project}' could not be built.",
            OutputNeutraliser.Quote(errors.Count > 0 ? errors : lines, limit: 10),
            $"Mend what `dotnet publish {project}` says."));
    }

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
