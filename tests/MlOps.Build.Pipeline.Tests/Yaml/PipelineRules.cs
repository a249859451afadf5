using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Pipeline.Tests.Yaml;

/// <summary>The same for Azure Pipelines.</summary>
internal static class PipelineRules
{
    private static readonly string[] Shells = ["script", "bash", "pwsh", "powershell"];

    /// <summary>One sentence for each thing that is wrong.</summary>
    public static IEnumerable<string> Findings(ShippedYaml file)
        => file.Kind == YamlKind.Pipeline ? Of(file.Root).Select(finding => $"{file.Place}: {finding}") : [];

    private static IEnumerable<string> Of(YamlMappingNode root)
    {
        foreach (var part in root.Mappings())
        {
            if (Shells.Select(shell => part.At(shell)).OfType<YamlScalarNode>().Any(run => HasExpansion(run.Value!)))
            {
                yield return "a parameter or a variable is expanded into a shell";
            }

            if (part.At("checkout") is { } source && source.ToString() != "none" && part.At("persistCredentials")?.ToString() != "false")
            {
                yield return "a checkout leaves its token behind";
            }

            if (part.At("deployment") is not null && (part.At("environment") is null || part.At("timeoutInMinutes") is null))
            {
                yield return "a deployment has no environment or no time limit";
            }

            if (part.At("stage") is not null && part.At("lockBehavior")?.ToString() != "sequential")
            {
                yield return "a stage would be cancelled by a newer run";
            }
        }
    }

    private static bool HasExpansion(string command)
        => command.Contains("${{", StringComparison.Ordinal) || command.Contains("$(", StringComparison.Ordinal) || command.Contains("$[", StringComparison.Ordinal);
}
