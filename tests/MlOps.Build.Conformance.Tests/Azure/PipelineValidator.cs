using MlOps.Build.Pipeline.Tests;

namespace MlOps.Build.Conformance.Tests.Azure;

/// <summary>Microsoft's own check of a pipeline's YAML, with the inputs of our task.json known.</summary>
internal static class PipelineValidator
{
    private static readonly string Here = Path.Combine(Repository.Root, "tests", "MlOps.Build.Conformance.Tests");

    /// <summary>What is wrong with the files, one line each; nothing where nothing is.</summary>
    public static async Task<IReadOnlyList<string>> FindingsAsync(params string[] files)
    {
        var (exit, output) = await Repository.RunAsync(
            Repository.Root,
            "node",
            [
                Path.Combine(Here, "node", "pipelines.cjs"),
                NodeTools.Folder,
                Path.Combine(Here, "contracts", "azure-devops", "azure-pipelines.service-schema.json"),
                Path.Combine(Repository.Root, "tasks", "azure-devops", "MlOpsBuild", "task.json"),
                .. files,
            ]);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(exit is 0 or 1 && lines[^1].StartsWith($"{files.Length} pipelines, ", StringComparison.Ordinal), output);
        return lines[..^1];
    }
}
