namespace MlOps.Build.Pipeline.Tests.Yaml;

/// <summary>
/// Copies of shipped texts where their readers look for them: a workflow that another one calls lies beside it, an action has the name
/// that tells it from a workflow.
/// </summary>
internal sealed class YamlCopies : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mlops-yaml-").FullName;

    public YamlCopies(params YamlKind[] kinds)
        => Files = [.. ShippedYaml.All.Where(file => kinds.Contains(file.Kind)).Select((file, at) => Add(NameOf(file, at), file.Text))];

    public string[] Files { get; }

    /// <summary>All of them that lie at the top, as a pattern.</summary>
    public string Pattern => Path.Combine(folder, "*.yml");

    public string Add(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string NameOf(ShippedYaml file, int at)
    {
        var place = FormattableString.Invariant($"{at:00}-{file.Place.Replace('/', '-').Replace(':', '-').Replace(".md-", "-md-", StringComparison.Ordinal)}");
        return file.Kind == YamlKind.Action ? $"{place}/action.yml" : place.EndsWith(".yml", StringComparison.Ordinal) ? place : place + ".yml";
    }
}
