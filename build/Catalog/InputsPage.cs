using System.Globalization;
using System.Text;

namespace MlOps.Build.Catalog;

/// <summary><c>docs/pipelines/inputs.md</c>.</summary>
public static class InputsPage
{
    public static string Of(TaskCatalog catalog)
    {
        var text = new StringBuilder("""
            # Commands, inputs, outputs and permissions

            Made of `tasks/catalog.json`. On GitHub an input is named as here (`require-digest-in-comment`), and a command is the input
            `command` of the action or an action of its own (`tasks/github/gate`). On Azure DevOps the task is `MlOpsBuild@1` and its inputs
            are in camelCase (`requireDigestInComment`). On a laptop the same is `mlops ci pr --host local --input base=main`.

            | Command | What it does | Zone |
            |---|---|---|

            """);
        foreach (var command in catalog.Commands)
        {
            text.Append(command.Planned ? $"| `{command.Name}` | Planned. {command.Help} | {CatalogNames.Word(command.Zone)} |\n" : $"| [`{command.Name}`](#{command.Name}) | {command.Help} | {CatalogNames.Word(command.Zone)} |\n");
        }

        text.Append("""

            A zone says what a job may hold. *untrusted*: code of a pull request, no secrets. *reporter*: a right to comment, and no code of a
            pull request. *trusted*: the default branch. *deploy*: behind an environment. *any*: reads only.

            """);
        foreach (var command in catalog.Shipped)
        {
            Append(text, catalog, command);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, TaskCatalog catalog, CatalogCommand command)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {command.Name}\n\n{command.Help}\n\n| Input | Default | Meaning |\n|---|---|---|\n");
        foreach (var input in catalog.InputsOf(command))
        {
            var where = input.Hosts.Count == 1 ? " GitHub only." : string.Empty;
            var options = input.Options.Count > 0 ? $" One of {string.Join(", ", input.Options.Select(option => $"`{option}`"))}." : string.Empty;
            text.Append(CultureInfo.InvariantCulture, $"| `{input.Name}` | {(input.Required ? "required" : input.Default is { } value ? $"`{value}`" : string.Empty)} | {input.Help.Replace("<", "\\<", StringComparison.Ordinal)}{options}{where} |\n");
        }

        if (command.Outputs.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n| Output | Meaning |\n|---|---|\n{string.Concat(catalog.OutputsOf(command).Select(output => $"| `{output.Name}` | {output.Help} |\n"))}");
        }

        text.Append("\n| GitHub permission | Needed |\n|---|---|\n");
        text.Append(string.Concat(command.Permissions.Github.Select(permission => $"| `{permission.Name}: {permission.Level}` | {(permission.When is { } when ? $"where {when}" : "always")} |\n")));
        text.Append(CultureInfo.InvariantCulture, $"\nAzure DevOps: {string.Join("; ", command.Permissions.AzureDevops)}.\n");
    }
}
