using System.Text.Json;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.MlOps;

/// <summary>What all commands take: where the tool is, and for which host it works.</summary>
public abstract class MlOpsSettings : ToolSettings
{
    private protected MlOpsSettings()
    {
    }

    /// <summary>A folder with <c>mlops.dll</c>, which <c>dotnet</c> runs; for machines without a network.</summary>
    public DirectoryPath? EnginePath { get; set; }

    /// <summary>Whether to run the tool that the manifest of the repository pins; <c>dotnet tool restore</c> comes first.</summary>
    public bool ToolManifest { get; set; }

    /// <summary><c>github</c>, <c>azure-devops</c> or <c>local</c>; the one whose variables are set where it is left out.</summary>
    public string? Host { get; set; }

    internal abstract string Command { get; }

    internal abstract IEnumerable<KeyValuePair<string, string?>> Inputs { get; }

    /// <summary>Inputs that nobody may read in a list of processes.</summary>
    internal abstract IEnumerable<KeyValuePair<string, string?>> Secrets { get; }

    private protected static KeyValuePair<string, string?> Given(string name, string? value) => new(name, value);

    private protected static KeyValuePair<string, string?> Given(string name, bool? value)
        => new(name, value switch { true => "true", false => "false", null => null });

    private protected static KeyValuePair<string, string?> Given<T>(string name, T? value)
        where T : struct, Enum
        => new(name, value is { } word ? JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString()) : null);
}
