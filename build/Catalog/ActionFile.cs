using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlOps.Build.Catalog;

/// <summary>The <c>action.yml</c> of GitHub: one at the root for every command, and one each.</summary>
public static class ActionFile
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The action at the root: an input names the command.</summary>
    public static string Root(TaskCatalog catalog)
    {
        var text = Head("MlOps.Build", "Trains, gates, approves and deploys models: one engine for pull requests, releases and roll backs.");
        text.Append("""
            branding:
              icon: check-circle
              color: blue
            inputs:
              command:

            """);
        text.Append(CultureInfo.InvariantCulture, $"    description: {Quoted($"What to run: {string.Join(", ", catalog.Shipped.Select(command => command.Name))}. docs/pipelines/inputs.md says what each takes.")}\n    required: false\n    default: pr\n");
        foreach (var input in catalog.Inputs.Where(input => OnGitHub(input) && catalog.TakersOf(input).Count > 0))
        {
            var takers = catalog.TakersOf(input);
            var who = takers.Count == catalog.Shipped.Count() ? string.Empty : $" ({string.Join(", ", takers.Select(command => command.Name))})";
            Append(text, input, input.Help + who, isRequired: false);
        }

        return Tail(text, catalog.Outputs, "tasks/launcher/main.mjs");
    }

    /// <summary>The action of one command.</summary>
    public static string Of(TaskCatalog catalog, CatalogCommand command)
    {
        var text = Head($"MlOps.Build {command.Name}", command.Help);
        text.Append("inputs:\n");
        foreach (var input in catalog.InputsOf(command).Where(OnGitHub))
        {
            Append(text, input, input.Help, input.Required);
        }

        return Tail(text, [.. catalog.OutputsOf(command)], "main.mjs");
    }

    /// <summary>The program of that action: a line.</summary>
    public static string Entry(CatalogCommand command)
        => $"import {{ launch }} from '../../launcher/main.mjs'; process.exitCode = await launch(process.env, '{command.Name}');\n";

    public static bool OnGitHub(CatalogInput input) => input.Hosts.Contains("github", StringComparer.Ordinal);

    private static StringBuilder Head(string name, string description)
        => new($"# Made of tasks/catalog.json; `MLOPS_UPDATE=1` with the catalog's tests writes it anew.\nname: {name}\ndescription: {Quoted(description)}\nauthor: The MlOps.Build authors\n");

    private static void Append(StringBuilder text, CatalogInput input, string description, bool isRequired)
    {
        if (input.Type == InputType.Choice)
        {
            description += $" One of {string.Join(", ", input.Options)}.";
        }

        text.Append(CultureInfo.InvariantCulture, $"  {input.Name}:\n    description: {Quoted(description)}\n    required: {(isRequired ? "true" : "false")}\n");
        if (!isRequired)
        {
            // A boolean of YAML would be one; GitHub hands strings on.
            text.Append(CultureInfo.InvariantCulture, $"    default: {Quoted(input.Default ?? string.Empty)}\n");
        }
    }

    private static string Tail(StringBuilder text, IReadOnlyList<CatalogOutput> outputs, string main)
    {
        if (outputs.Count > 0)
        {
            text.Append("outputs:\n");
        }

        foreach (var output in outputs)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {output.Name}:\n    description: {Quoted(output.Help)}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"runs:\n  using: node24\n  main: {main}\n").ToString();
    }

    /// <summary>A string of JSON is one of YAML.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text, Plain);
}
