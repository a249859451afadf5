using System.Globalization;

namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>Reads the pull request from the agent's variables: strictly, since names of branches come from its author.</summary>
internal static class AzurePullRequest
{
    public static PullRequestIdentity? Of(IEnvironment environment)
    {
        // A repository on GitHub has a number there and an id here.
        var number = Value("PULLREQUESTNUMBER") ?? Value("PULLREQUESTID");
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id < 1
            || Value("SOURCECOMMITID") is not { Length: 40 or 64 } sha || !sha.All(char.IsAsciiHexDigit)
            || Branch(Value("TARGETBRANCH")) is not { } target)
        {
            return null;
        }

        return new()
        {
            Number = id,
            HeadSha = sha.ToLowerInvariant(),
            BaseBranch = target,
            IsFork = string.Equals(Value("ISFORK"), "true", StringComparison.OrdinalIgnoreCase),
            Iteration = int.TryParse(Value("PULLREQUESTITERATION"), NumberStyles.None, CultureInfo.InvariantCulture, out var iteration) && iteration > 0 ? iteration : null,
        };

        string? Value(string name) => environment.Get("SYSTEM_PULLREQUEST_" + name)?.Trim() is { Length: > 0 } value ? value : null;
    }

    private static string? Branch(string? reference)
    {
        const string Heads = "refs/heads/";
        var name = reference?.StartsWith(Heads, StringComparison.Ordinal) == true ? reference[Heads.Length..] : reference;
        return name is { Length: > 0 and <= 255 } && !name.Any(char.IsControl) && name[0] != '-' ? name : null;
    }
}
