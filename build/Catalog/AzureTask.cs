using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOps.Build.Catalog;

/// <summary>The <c>task.json</c> of Azure DevOps: one task, whose input names the command (docs/decisions/330-one-task-for-azure-devops.md).</summary>
public static class AzureTask
{
    /// <summary>Never changes: a pipeline finds the task by it.</summary>
    private const string Id = "6f1d3f0e-52f9-4c0e-9a3b-7a6d2d1f8c41";

    /// <summary>Knows the handler Node20_1; an older agent would blame the operating system.</summary>
    private const string MinimumAgent = "4.244.1";

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(TaskCatalog catalog)
    {
        var shipped = catalog.Shipped.ToArray();
        var task = new JsonObject
        {
            ["$schema"] = "https://raw.githubusercontent.com/Microsoft/azure-pipelines-task-lib/master/tasks.schema.json",
            ["id"] = Id,
            ["name"] = "MlOpsBuild",
            ["friendlyName"] = "MlOps.Build",
            ["description"] = "Trains, gates, approves and deploys models: one engine for pull requests, releases and roll backs.",
            ["helpMarkDown"] = "docs/pipelines/inputs.md lists every command with its inputs, outputs and rights.",
            ["author"] = "The MlOps.Build authors",
            ["category"] = "Azure Pipelines",
            ["visibility"] = new JsonArray("Build", "Release"),
            ["runsOn"] = new JsonArray("Agent", "DeploymentGroup"),
            ["demands"] = new JsonArray(),
            ["version"] = new JsonObject { ["Major"] = 1, ["Minor"] = 0, ["Patch"] = 0 },
            ["minimumAgentVersion"] = MinimumAgent,
            ["instanceNameFormat"] = "MlOps.Build $(command)",
            ["groups"] = new JsonArray(new JsonObject { ["name"] = "engine", ["displayName"] = "Engine", ["isExpanded"] = false }),
            ["inputs"] = new JsonArray([CommandInput(shipped), .. Inputs(catalog).Select(input => InputOf(catalog, input))]),
            ["outputVariables"] = new JsonArray([.. catalog.Outputs.Select(output => new JsonObject { ["name"] = CatalogNames.Camel(output.Name), ["description"] = output.Help })]),
            ["execution"] = new JsonObject { ["Node20_1"] = Handler(), ["Node24"] = Handler() },
            ["restrictions"] = new JsonObject
            {
                // `restricted` would also forbid the summary and the attached report.
                ["commands"] = new JsonObject { ["mode"] = "any" },
                ["settableVariables"] = new JsonObject { ["allowed"] = new JsonArray([.. catalog.Outputs.Select(output => (JsonNode)CatalogNames.Camel(output.Name))]) },
            },
        };
        return task.ToJsonString(Layout) + "\n";
    }

    private static IEnumerable<CatalogInput> Inputs(TaskCatalog catalog)
        => catalog.Inputs.Where(input => input.Hosts.Contains("azure-devops", StringComparer.Ordinal) && catalog.TakersOf(input).Count > 0);

    private static JsonObject Handler() => new() { ["target"] = "launcher/main.mjs" };

    private static JsonObject CommandInput(CatalogCommand[] commands) => new()
    {
        ["name"] = "command",
        ["type"] = "pickList",
        ["label"] = "Command",
        ["defaultValue"] = "pr",
        ["required"] = true,
        ["helpMarkDown"] = "What to run.",
        ["options"] = new JsonObject(commands.Select(command => KeyValuePair.Create(command.Name, (JsonNode?)$"{command.Name}: {command.Help}"))),
    };

    private static JsonObject InputOf(TaskCatalog catalog, CatalogInput input)
    {
        var result = new JsonObject
        {
            ["name"] = CatalogNames.Camel(input.Name),

            // Not filePath: the agent makes the folder of the sources of an empty one.
            ["type"] = input.Type switch { InputType.Boolean => "boolean", InputType.Choice => "pickList", _ => "string" },
            ["label"] = CatalogNames.Label(input.Name),
            ["defaultValue"] = input.Default ?? string.Empty,
            ["required"] = input.Required,
            ["helpMarkDown"] = input.Help,
        };
        if (input.Options.Count > 0)
        {
            result["options"] = new JsonObject(input.Options.Select(option => KeyValuePair.Create(option, (JsonNode?)option)));
        }

        if (input.Reader == InputReader.Launcher)
        {
            result["groupName"] = "engine";
        }

        var takers = catalog.TakersOf(input);
        if (takers.Count < catalog.Shipped.Count())
        {
            result["visibleRule"] = string.Join(" || ", takers.Select(command => $"command = {command.Name}"));
        }

        return result;
    }
}
