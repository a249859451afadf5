using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Registry;

/// <summary>What people write for a model: an alias, a digest, or the beginning of one.</summary>
public static class ModelReference
{
    private const int ShortestBeginning = 6;

    /// <summary>The model's digest; without words the challenger, else the champion.</summary>
    /// <exception cref="ProblemException">MLO2517: none, or more than one.</exception>
    public static string Resolve(RegistryState state, string? words)
    {
        if (words is null)
        {
            return state.Aliases.GetValueOrDefault("challenger") ?? state.Champion
                ?? throw RegistryProblems.NoModel("challenger", "Nothing was registered yet.");
        }

        if (state.Aliases.TryGetValue(words, out var alias))
        {
            return alias;
        }

        var beginning = words.StartsWith("sha256:", StringComparison.Ordinal) ? words : "sha256:" + words;
        var matches = state.Packages.Select(package => package.Body.ModelDigest).Distinct(StringComparer.Ordinal)
            .Where(digest => digest.StartsWith(beginning, StringComparison.Ordinal)).ToList();
        return matches switch
        {
            _ when beginning.Length < "sha256:".Length + ShortestBeginning =>
                throw RegistryProblems.NoModel(words, $"It is no alias, and a digest needs at least {ShortestBeginning} digits."),
            [var only] => only,
            [] => throw RegistryProblems.NoModel(words, "No registered model has this alias or a digest that begins so."),
            _ => throw RegistryProblems.NoModel(words, $"{matches.Count} registered models have a digest that begins so."),
        };
    }
}
