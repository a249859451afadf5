using System.Text;
using MlOps.Build.Contracts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Engine.Configuration;

/// <summary>What reading mlops.yml gave.</summary>
/// <param name="Configuration">The settings; only to be used when there are no problems.</param>
/// <param name="Values">Every setting with its origin, in reading order.</param>
/// <param name="Problems">Everything that is wrong with the file.</param>
public sealed record ConfigurationResult(
    ProjectConfiguration Configuration,
    IReadOnlyList<ConfigurationValue> Values,
    IReadOnlyList<Problem> Problems);

/// <summary>Reads mlops.yml: strictly, with line and column, and all problems at once.</summary>
public static class ConfigurationReader
{
    /// <summary>The file's name.</summary>
    public const string FileName = "mlops.yml";

    private const long MaximumBytes = 1024 * 1024;

    /// <summary>Reads the file of a project.</summary>
    /// <exception cref="ProblemException">The first problem of the file.</exception>
    public static ProjectConfiguration Read(string projectRoot)
    {
        var result = TryRead(projectRoot);
        return result.Problems.Count == 0 ? result.Configuration : throw new ProblemException(result.Problems[0]);
    }

    /// <summary>Reads the file of a project and lists its problems.</summary>
    /// <exception cref="ProblemException">MLO2010: there is no file, or it is too large to be one.</exception>
    public static ConfigurationResult TryRead(string projectRoot)
    {
        var file = new FileInfo(Path.Combine(projectRoot, FileName));
        if (!file.Exists)
        {
            throw new ProblemException(new(
                "MLO2010",
                $"There is no '{FileName}' in '{projectRoot}'.",
                "Every verb but a few reads its settings from it.",
                "Run mlops in the folder of your project, name it with `--root`, or make one with `dotnet new mlops-project`."));
        }

        if (file.Length > MaximumBytes)
        {
            throw new ProblemException(new(
                "MLO2010", $"'{FileName}' has {file.Length} bytes.", "At most 1 MiB is read.", "Is it the right file?"));
        }

        return Parse(File.ReadAllText(file.FullName, Encoding.UTF8), FileName, new WorkTreePolicies(projectRoot));
    }

    /// <summary>Reads the settings from a text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="policies">The files that its gate may extend; null: none.</param>
    public static ConfigurationResult Parse(string yaml, string name, IPolicyFiles? policies = null)
    {
        var log = new ConfigurationLog(name);
        var root = Load(yaml, log);
        var configuration = ProjectSection.Read(new YamlMap(log, root, string.Empty, root?.Start ?? new Mark(0, 1, 1)), policies ?? new KnownPolicies(string.Empty, new Dictionary<string, PolicyFile>()));
        return new(configuration, log.Values, log.Problems);
    }

    private static YamlMappingNode? Load(string yaml, ConfigurationLog log)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root)
            {
                return root;
            }

            log.Wrong(new(FileName, 1, 1), "The file holds no settings.", "One mapping of 'key: value' lines is expected.", "Compare with `dotnet new mlops-project`.");
        }
        catch (YamlException exception)
        {
            log.Wrong(
                log.At(exception.Start),
                "The file is not valid YAML.",
                exception.InnerException?.Message ?? exception.Message,
                "Check the indentation and the quotes at this place.");
        }

        return null;
    }
}
