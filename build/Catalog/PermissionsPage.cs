using System.Globalization;
using System.Text;

namespace MlOps.Build.Catalog;

/// <summary><c>docs/pipelines/permissions.md</c>.</summary>
public static class PermissionsPage
{
    public static string Of(TaskCatalog catalog)
    {
        var text = new StringBuilder("""
            # Permissions

            Made of `tasks/catalog.json`. Every workflow starts with `permissions: {}`; a job then gets the lines of its command, and those with a
            condition only where it holds. On Azure DevOps rights are given to the build service in the settings of the project.

            | Command | Zone | GitHub | Azure DevOps |
            |---|---|---|---|

            """);
        foreach (var command in catalog.Shipped)
        {
            var gitHub = command.Permissions.Github.Select(right => $"`{right.Name}: {right.Level}`{(right.When is { } when ? $" where {when}" : string.Empty)}");
            text.Append(CultureInfo.InvariantCulture, $"| [`{command.Name}`](inputs.md#{command.Name}) | {CatalogNames.Word(command.Zone)} | {string.Join("<br>", gitHub)} | {string.Join("<br>", command.Permissions.AzureDevops)} |\n");
        }

        return text.Append("""

            [Forks and trust](forks-and-trust.md) says what the zones are. The workflows of [GitHub](github.md) give their jobs less: the job of a pull
            request may only read, since it runs an engine that the pull request chose, and `mlops-report.yml` comments. No command but
            `attest` needs a secret of yours: the registry's branch is pushed with the job's own token.

            """).ToString();
    }
}
