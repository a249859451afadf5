using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Configuration;

/// <summary>Answers <c>mlops config show</c> and <c>mlops config validate</c>.</summary>
public static class ConfigurationHandler
{
    /// <summary>Reads the settings of a project; problems are part of the answer, and then the answer is no.</summary>
    public static Answer<ConfigurationAnswer> Show(string projectRoot)
    {
        var result = ConfigurationReader.TryRead(projectRoot);
        var answer = new ConfigurationAnswer
        {
            File = ConfigurationReader.FileName,
            Settings = [.. result.Values.Select(value => new ConfigurationSetting(value.Path, value.Text, value.Line))],
            Problems = [.. result.Problems.Select(problem => problem.ToDocument())],
        };
        return new(answer, result.Problems.Count == 0 ? ExitCode.Ok : ExitCode.Usage);
    }
}
