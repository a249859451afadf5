using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Hosts.Inputs;

/// <summary>What <c>--input name=value</c> said.</summary>
public static class GivenInputs
{
    /// <summary>The values by the names of their inputs.</summary>
    /// <exception cref="ProblemException">MLO2904: no command has such an input; MLO2002: it is not of the form.</exception>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<string> words)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var at = word.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                throw new ProblemException(new("MLO2002", "'mlops ci' was not understood.", $"'--input {word}' is not of the form name=value.", "`mlops ci --help` shows an example and all options."));
            }

            given[Known(word[..at])] = word[(at + 1)..];
        }

        return given;
    }

    private static string Known(string name)
    {
        var known = TaskInputs.All.Select(input => input.Name).ToArray();
        return known.Contains(name, StringComparer.Ordinal)
            ? name
            : throw new ProblemException(new(
                "MLO2904",
                $"There is no input '{name}'.",
                DidYouMean.Sentence(name, known),
                "docs/pipelines/inputs.md lists the inputs of every command.")
            { Exit = ExitCode.Usage });
    }
}
