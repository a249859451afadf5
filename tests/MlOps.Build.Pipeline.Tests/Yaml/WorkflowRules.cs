using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Pipeline.Tests.Yaml;

/// <summary>What the official validators do not look at: what a workflow may do, and whose words reach a shell.</summary>
internal static partial class WorkflowRules
{
    /// <summary>One sentence for each thing that is wrong.</summary>
    public static IEnumerable<string> Findings(ShippedYaml file)
        => file.Kind is YamlKind.Workflow or YamlKind.Action
            ? Everywhere(file).Concat(file.Kind == YamlKind.Workflow ? OfWorkflow(file) : []).Select(finding => $"{file.Place}: {finding}")
            : [];

    private static IEnumerable<string> Everywhere(ShippedYaml file)
    {
        foreach (var step in file.Root.Mappings())
        {
            if (step.At("run") is YamlScalarNode run && run.Value!.Contains("${{", StringComparison.Ordinal))
            {
                yield return "an expression is expanded into a shell";
            }

            if (step.At("uses") is not YamlScalarNode { Value: { } uses })
            {
                continue;
            }

            if (!uses.StartsWith("./", StringComparison.Ordinal) && !Pinned().IsMatch(uses))
            {
                yield return $"'{uses}' is not pinned to a commit";
            }
            else if (!uses.StartsWith("./", StringComparison.Ordinal) && !Regex.IsMatch(file.Text, Regex.Escape(uses) + @" # v\d+\.\d+\.\d+$", RegexOptions.Multiline))
            {
                yield return $"the version of '{uses}' does not stand beside it";
            }

            if (uses.StartsWith("actions/checkout@", StringComparison.Ordinal))
            {
                foreach (var finding in OfCheckout(step.At("with")))
                {
                    yield return finding;
                }
            }
        }
    }

    private static IEnumerable<string> OfCheckout(YamlNode? with)
    {
        if (with.At("persist-credentials")?.ToString() != "false")
        {
            yield return "a checkout leaves its token behind";
        }

        if (with.At("fetch-depth")?.ToString() != "0")
        {
            yield return "a checkout has no history to compare with";
        }
    }

    private static IEnumerable<string> OfWorkflow(ShippedYaml file)
    {
        var root = file.Root;
        if (root.Events().Contains("pull_request_target", StringComparer.Ordinal))
        {
            yield return "pull_request_target gives code of strangers the rights of the target";
        }

        if (root.At("permissions") is not YamlMappingNode { Children.Count: 0 })
        {
            yield return "the workflow does not start with `permissions: {}`";
        }

        foreach (var (name, job) in root.Jobs())
        {
            foreach (var finding in OfJob(file, name, job, root))
            {
                yield return $"job {name}: {finding}";
            }
        }
    }

    private static IEnumerable<string> OfJob(ShippedYaml file, string name, YamlMappingNode job, YamlMappingNode root)
    {
        var concurrency = job.At("concurrency") ?? root.At("concurrency");
        if (job.At("permissions") is not YamlMappingNode permissions)
        {
            yield return "says nothing about permissions";
        }
        else
        {
            foreach (var line in permissions.Children.Where(pair => !HasReason(file.Text, (int)pair.Key.Start.Line)))
            {
                yield return $"no comment says why it needs {line.Key}: {line.Value}";
            }
        }

        if (job.At("secrets")?.ToString() == "inherit")
        {
            yield return "hands all secrets on";
        }

        // A job that calls a workflow is queued by the one it calls.
        if (job.At("uses") is null && concurrency is null && job.At("needs") is null)
        {
            yield return "has no concurrency";
        }

        if (job.At("uses") is null && job.At("timeout-minutes") is null)
        {
            yield return "has no timeout-minutes";
        }

        if (job.At("environment") is not null && job.At("uses") is null)
        {
            if (concurrency.At("cancel-in-progress")?.ToString() != "false" || concurrency.At("queue")?.ToString() != "max")
            {
                yield return "deploys, and a newer run would replace it";
            }
        }
    }

    /// <summary>Whether the line above, counted from 1, is a comment.</summary>
    private static bool HasReason(string text, int line)
        => line >= 2 && text.Split('\n')[line - 2].TrimStart().StartsWith('#');

    [GeneratedRegex("^[A-Za-z0-9_.-]+/[A-Za-z0-9_./-]+@[0-9a-f]{40}$")]
    private static partial Regex Pinned();
}
