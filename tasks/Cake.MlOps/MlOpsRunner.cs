using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.MlOps;

/// <summary>Runs <c>mlops ci</c>.</summary>
internal sealed class MlOpsRunner(ICakeContext context)
    : Tool<MlOpsSettings>(context.FileSystem, context.Environment, context.ProcessRunner, context.Tools)
{
    private bool refused;

    public MlOpsAnswer Run(MlOpsSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var answer = MlOpsAnswer.Of(0, string.Empty);
        Run(
            settings,
            ArgumentsOf(settings),
            new ProcessSettings { RedirectStandardOutput = true },
            process => answer = MlOpsAnswer.Of(process.GetExitCode(), string.Join('\n', process.GetStandardOutput())));
        if (refused)
        {
            throw new CakeException(answer.ExitCode, $"mlops ci {settings.Command}: {answer.Sentence ?? $"ended with exit code {answer.ExitCode}."}");
        }

        if (answer.Sentence is { } sentence)
        {
            context.Log.Information("mlops ci {0}: {1}", settings.Command, sentence);
        }

        return answer;
    }

    protected override string GetToolName() => "mlops";

    protected override IEnumerable<string> GetToolExecutableNames() => ["mlops", "mlops.exe"];

    protected override IEnumerable<string> GetToolExecutableNames(MlOpsSettings settings)
        => WithDotNet(settings) ? ["dotnet", "dotnet.exe"] : GetToolExecutableNames();

    protected override IDictionary<string, string> GetEnvironmentVariables(MlOpsSettings settings)
    {
        var variables = new Dictionary<string, string>(base.GetEnvironmentVariables(settings), StringComparer.Ordinal);
        foreach (var (name, value) in settings.Secrets)
        {
            if (value is not null)
            {
                variables["INPUT_" + name.ToUpperInvariant()] = value;
            }
        }

        return variables;
    }

    /// <summary>Asked only where <c>HandleExitCode</c> did not say that it is fine; the answer is read before anybody throws.</summary>
    protected override void ProcessExitCode(int exitCode) => refused = exitCode != 0;

    private static bool WithDotNet(MlOpsSettings settings)
        => settings.ToolPath is null && (settings.EnginePath is not null || settings.ToolManifest);

    private ProcessArgumentBuilder ArgumentsOf(MlOpsSettings settings)
    {
        var arguments = new ProcessArgumentBuilder();
        if (WithDotNet(settings))
        {
            if (settings.EnginePath is { } engine)
            {
                arguments.Append("exec").Append(QuotedArgument.Of(EngineFolder.Verify(context.FileSystem, engine.MakeAbsolute(context.Environment)).FullPath));
            }
            else
            {
                arguments.Append("tool run mlops --");
            }
        }

        arguments.Append("ci").Append(settings.Command);
        if (settings.Host is { } host)
        {
            arguments.Append("--host").Append(QuotedArgument.Of(host));
        }

        var inputs = settings.Inputs.Where(input => input.Value is not null).ToList();
        foreach (var (name, value) in inputs)
        {
            arguments.Append("--input").Append(QuotedArgument.Of($"{name}={value}"));
        }

        if (inputs.Count == 0)
        {
            // One that is given, even empty, keeps those of the step around the build out.
            arguments.Append("--input").Append(QuotedArgument.Of("root="));
        }

        return arguments.Append("--output").Append("json");
    }
}
