namespace MlOps.Build.Catalog;

/// <summary><c>tasks/catalog.json</c>: what every command of the pipeline tasks takes, gives and may do. Everything else is made of it.</summary>
public sealed record TaskCatalog
{
    public const string SchemaId = "mlops/catalog/1";

    public required string Schema { get; init; }

    public required IReadOnlyList<CatalogInput> Inputs { get; init; }

    public required IReadOnlyList<CatalogOutput> Outputs { get; init; }

    public required IReadOnlyList<CatalogCommand> Commands { get; init; }

    /// <summary>Without those that are planned.</summary>
    public IEnumerable<CatalogCommand> Shipped => Commands.Where(command => !command.Planned);

    public CatalogInput Input(string name) => Inputs.Single(input => input.Name == name);

    public IEnumerable<CatalogInput> InputsOf(CatalogCommand command) => command.Inputs.Select(Input);

    public IEnumerable<CatalogOutput> OutputsOf(CatalogCommand command) => command.Outputs.Select(name => Outputs.Single(output => output.Name == name));

    /// <summary>The shipped commands that take an input.</summary>
    public IReadOnlyList<CatalogCommand> TakersOf(CatalogInput input) => [.. Shipped.Where(command => command.Inputs.Contains(input.Name, StringComparer.Ordinal))];
}

/// <summary>An input. Its name is in kebab-case; Azure DevOps gets it in camelCase.</summary>
public sealed record CatalogInput
{
    public required string Name { get; init; }

    public required InputType Type { get; init; }

    public IReadOnlyList<string> Options { get; init; } = [];

    public string? Default { get; init; }

    public bool Required { get; init; }

    /// <summary>The hosts that know it; both where it is left out.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = ["github", "azure-devops"];

    /// <summary>Who reads it.</summary>
    public InputReader Reader { get; init; } = InputReader.Engine;

    public required string Help { get; init; }
}

/// <summary>What a value is.</summary>
public enum InputType
{
    String,
    Boolean,
    Choice,
    Secret,
}

/// <summary>Who reads an input.</summary>
public enum InputReader
{
    Engine,
    Launcher,
}

/// <summary>A value for later steps.</summary>
public sealed record CatalogOutput
{
    public required string Name { get; init; }

    public required string Help { get; init; }
}

/// <summary>A command.</summary>
public sealed record CatalogCommand
{
    public required string Name { get; init; }

    public required TrustZone Zone { get; init; }

    /// <summary>Listed, so that nobody takes the name; nothing is made of it.</summary>
    public bool Planned { get; init; }

    public required string Help { get; init; }

    public required IReadOnlyList<string> Inputs { get; init; }

    public required IReadOnlyList<string> Outputs { get; init; }

    public required CatalogPermissions Permissions { get; init; }
}

/// <summary>Where a command may run; see docs/trust.md.</summary>
public enum TrustZone
{
    Any,
    Untrusted,
    Reporter,
    Trusted,
    Deploy,
}

/// <summary>What a command has to be allowed.</summary>
public sealed record CatalogPermissions
{
    public required IReadOnlyList<GitHubRight> Github { get; init; }

    /// <summary>Rights in words: they are set in pages, not in files.</summary>
    public required IReadOnlyList<string> AzureDevops { get; init; }
}

/// <summary>A line of <c>permissions</c>, and under which condition it is needed.</summary>
public sealed record GitHubRight
{
    public required string Name { get; init; }

    public required string Level { get; init; }

    public string? When { get; init; }
}
