namespace MlOps.Build.Engine.Hosts;

/// <summary>Where a pipeline runs: receives outputs for later steps and the report for people.</summary>
public interface IPipelineHost
{
    /// <summary>Hands over a finished run.</summary>
    void Publish(IReadOnlyDictionary<string, string> outputs, string markdown);
}

/// <summary>A laptop: the console has said everything already.</summary>
public sealed class LocalHost : IPipelineHost
{
    /// <inheritdoc/>
    public void Publish(IReadOnlyDictionary<string, string> outputs, string markdown)
    {
    }
}

/// <summary>GitHub Actions: outputs and the job summary are files that the runner reads when the step has ended.</summary>
public sealed class GitHubHost(string? outputFile, string? summaryFile) : IPipelineHost
{
    /// <summary>The host of this environment.</summary>
    public static IPipelineHost Of(IEnvironment environment)
        => environment.Get("GITHUB_ACTIONS") == "true"
            ? new GitHubHost(environment.Get("GITHUB_OUTPUT"), environment.Get("GITHUB_STEP_SUMMARY"))
            : new LocalHost();

    /// <inheritdoc/>
    public void Publish(IReadOnlyDictionary<string, string> outputs, string markdown)
    {
        if (outputFile is not null)
        {
            // A line break would let a value set further outputs.
            File.AppendAllLines(outputFile, outputs.Select(output => $"{output.Key}={output.Value.ReplaceLineEndings(" ")}"));
        }

        if (summaryFile is not null)
        {
            File.AppendAllText(summaryFile, markdown + "\n");
        }
    }
}
