namespace MlOps.Build.Engine.Hosts.Inputs;

/// <summary>An input of the pipeline tasks, as tasks/catalog.json describes it.</summary>
/// <param name="Name">Its name in kebab-case, as on GitHub.</param>
/// <param name="Kind">What a value is.</param>
/// <param name="Default">What counts where nothing is given; null for nothing.</param>
/// <param name="Options">What a choice is of.</param>
/// <param name="IsRequired">Whether a value has to be given.</param>
public sealed record TaskInput(string Name, InputKind Kind, string? Default, IReadOnlyList<string> Options, bool IsRequired)
{
    /// <summary>Its variable on GitHub: blanks become <c>_</c>, hyphens stay.</summary>
    public string GitHubVariable => "INPUT_" + Name.ToUpperInvariant();

    /// <summary>Its name on Azure DevOps: letters and digits only.</summary>
    public string AzureName => string.Concat(Name.Split('-').Select((word, at) => at == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>Its variable on Azure DevOps.</summary>
    public string AzureVariable => "INPUT_" + AzureName.ToUpperInvariant();
}

/// <summary>What a value is.</summary>
public enum InputKind
{
    String,
    Boolean,
    Choice,
    Secret,
}

/// <summary>A command of the pipeline tasks.</summary>
/// <param name="Name">The word after <c>mlops ci</c>.</param>
/// <param name="Zone">Where it may run.</param>
/// <param name="Inputs">What it takes.</param>
/// <param name="Outputs">What it hands on.</param>
public sealed record TaskCommand(string Name, TrustZone Zone, IReadOnlyList<TaskInput> Inputs, IReadOnlyList<string> Outputs);

/// <summary>Where a command may run; see docs/trust.md.</summary>
public enum TrustZone
{
    /// <summary>Anywhere: it reads only.</summary>
    Any,

    /// <summary>Beside code of a pull request, without secrets.</summary>
    Untrusted,

    /// <summary>With a right to comment, and without code of a pull request.</summary>
    Reporter,

    /// <summary>On the default branch.</summary>
    Trusted,

    /// <summary>Behind an environment.</summary>
    Deploy,
}
