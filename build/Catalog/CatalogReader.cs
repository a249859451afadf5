using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace MlOps.Build.Catalog;

/// <summary>Reads the catalog, strictly: a misspelt member would otherwise be a setting that nobody applies.</summary>
public static partial class CatalogReader
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>The catalog, without contradictions.</summary>
    /// <exception cref="JsonException">It is no catalog.</exception>
    public static TaskCatalog Read(string json)
    {
        var catalog = JsonSerializer.Deserialize<TaskCatalog>(json, Options) ?? throw new JsonException("The catalog is empty.");
        return Faults(catalog).ToArray() is { Length: > 0 } faults ? throw new JsonException(string.Join("\n", faults)) : catalog;
    }

    private static IEnumerable<string> Faults(TaskCatalog catalog)
    {
        if (catalog.Schema != TaskCatalog.SchemaId)
        {
            yield return $"The schema is '{catalog.Schema}', not '{TaskCatalog.SchemaId}'.";
        }

        string[] names = [.. catalog.Inputs.Select(input => input.Name), .. catalog.Outputs.Select(output => output.Name), .. catalog.Commands.Select(command => command.Name)];
        foreach (var name in names.Where(name => !Kebab().IsMatch(name)))
        {
            yield return $"'{name}' is not kebab-case.";
        }

        foreach (var twice in Twice(catalog.Inputs.Select(input => input.Name)).Concat(Twice(catalog.Outputs.Select(output => output.Name))).Concat(Twice(catalog.Commands.Select(command => command.Name))))
        {
            yield return $"'{twice}' is there twice.";
        }

        foreach (var fault in catalog.Inputs.Select(FaultOf).Concat(catalog.Commands.SelectMany(command => FaultsOf(catalog, command))).OfType<string>())
        {
            yield return fault;
        }
    }

    private static string? FaultOf(CatalogInput input) => input switch
    {
        { Type: InputType.Choice, Options.Count: < 2 } => $"'{input.Name}' is a choice of nothing.",
        { Type: not InputType.Choice, Options.Count: > 0 } => $"'{input.Name}' is no choice but has options.",
        { Type: InputType.Choice } when !input.Options.Contains(input.Default, StringComparer.Ordinal) => $"The default of '{input.Name}' is none of its options.",
        { Type: InputType.Boolean, Default: not ("true" or "false") } => $"The default of '{input.Name}' is neither true nor false.",
        { Required: true, Default: not null } => $"'{input.Name}' is required and has a default.",
        _ => null,
    };

    private static IEnumerable<string> FaultsOf(TaskCatalog catalog, CatalogCommand command)
        => command.Inputs.Except(catalog.Inputs.Select(input => input.Name), StringComparer.Ordinal)
            .Concat(command.Outputs.Except(catalog.Outputs.Select(output => output.Name), StringComparer.Ordinal))
            .Select(name => $"'{command.Name}' names '{name}', which is not described.")
            .Concat(Twice(command.Inputs).Select(name => $"'{command.Name}' takes '{name}' twice."))
            .Concat(command.Permissions.Github.Where(permission => permission.Level is not ("read" or "write")).Select(permission => $"'{command.Name}' asks for '{permission.Name}: {permission.Level}'."));

    private static IEnumerable<string> Twice(IEnumerable<string> names) => names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Kebab();
}
