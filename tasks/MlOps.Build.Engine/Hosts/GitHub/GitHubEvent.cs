using System.Globalization;
using System.Text.Json;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>Reads the event that started the run: strictly, since a pull request's author writes most of it.</summary>
internal static class GitHubEvent
{
    /// <summary>GitHub sends at most 25 MB, and an event of a pull request has some ten kilobytes.</summary>
    private const long MostBytes = 25L * 1024 * 1024;

    /// <summary>The pull request of the event, or null where it has none.</summary>
    /// <exception cref="ProblemException">MLO2920: the file is not what GitHub writes.</exception>
    public static PullRequestIdentity? PullRequest(IEnvironment environment) => Read(environment, Of);

    /// <summary>The run that this one was started after, or null where it was not.</summary>
    /// <exception cref="ProblemException">MLO2920: the file is not what GitHub writes.</exception>
    public static FinishedRun? Finished(IEnvironment environment)
        => Read(environment, (name, root) => name == "workflow_run" ? OfFinished(Need(root, "workflow_run")) : null);

    private static FinishedRun? OfFinished(JsonElement run)
        => Get(run, "head_repository") is { ValueKind: JsonValueKind.Object } repository
            && Text(run, "event") == "pull_request"
            ? new(Sha(Text(run, "head_sha")), Text(repository, "full_name"), Text(run, "html_url"))
            {
                Workflow = Whole(run, "workflow_id"),
                Number = Whole(run, "run_number"),
                Began = Get(run, "run_started_at") is { ValueKind: JsonValueKind.String } began && began.TryGetDateTimeOffset(out var at) ? at.ToUniversalTime() : null,
            }
            : null;

    private static long? Whole(JsonElement element, string name)
        => Get(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    private static T? Read<T>(IEnvironment environment, Func<string?, JsonElement, T?> read)
        where T : class
    {
        if (environment.Get("GITHUB_EVENT_PATH") is not { Length: > 0 } path || !File.Exists(path))
        {
            return null;
        }

        if (new FileInfo(path).Length > MostBytes)
        {
            throw Strange("It has more than 25 MiB.");
        }

        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream, new() { MaxDepth = 64 });
            return read(environment.Get("GITHUB_EVENT_NAME"), document.RootElement);
        }
        catch (JsonException exception)
        {
            throw Strange(exception.Message);
        }
    }

    private static PullRequestIdentity? Of(string? name, JsonElement root) => name switch
    {
        "pull_request" or "pull_request_target" or "pull_request_review" => OfPullRequest(Need(root, "pull_request")),
        "merge_group" => OfMergeGroup(Need(root, "merge_group")),
        "workflow_dispatch" => OfDispatch(root),
        _ => null,
    };

    private static PullRequestIdentity OfPullRequest(JsonElement pull)
    {
        var (head, target) = (Need(pull, "head"), Need(pull, "base"));

        // The repository of the head is null when its fork was deleted.
        var from = Get(head, "repo") is { ValueKind: JsonValueKind.Object } repository ? Text(repository, "full_name") : null;
        var into = Text(Need(target, "repo"), "full_name");
        return new()
        {
            Number = Need(pull, "number").TryGetInt64(out var number) && number > 0 ? number : throw Strange("'number' is no number of a pull request."),
            HeadSha = Sha(Text(head, "sha")),
            BaseBranch = Branch(Text(target, "ref")),
            IsFork = !string.Equals(from, into, StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>The queue's branch is <c>gh-readonly-queue/main/pr-12-&lt;sha&gt;</c>; of several pull requests it names the last.</summary>
    private static PullRequestIdentity? OfMergeGroup(JsonElement group)
    {
        var words = Text(group, "head_ref").Split('/')[^1].Split('-');
        return words is ["pr", var number, _]
            ? new()
            {
                Number = Number(number),
                HeadSha = Sha(Text(group, "head_sha")),
                BaseBranch = Branch(Text(group, "base_ref")),
                IsFork = false,
                Queued = true,
            }
            : null;
    }

    /// <summary>A person with the right to write started it for a commit that was looked at.</summary>
    private static PullRequestIdentity? OfDispatch(JsonElement root)
        => Get(root, "inputs") is { ValueKind: JsonValueKind.Object } inputs
            && Get(inputs, "pull-request") is { ValueKind: JsonValueKind.String } number
            && Get(inputs, "head-sha") is { ValueKind: JsonValueKind.String } sha
            && number.GetString() is { Length: > 0 }
            ? new()
            {
                Number = Number(number.GetString()!),
                HeadSha = Sha(sha.GetString()!),
                BaseBranch = Branch(Text(Need(root, "repository"), "default_branch")),
                IsFork = false,
            }
            : null;

    private static long Number(string text)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw Strange("The number of the pull request is none.");

    private static string Sha(string text)
        => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigitLower) ? text : throw Strange("The commit is not 40 or 64 hexadecimal digits.");

    private static string Branch(string reference)
    {
        const string Heads = "refs/heads/";
        var name = reference.StartsWith(Heads, StringComparison.Ordinal) ? reference[Heads.Length..] : reference;
        return name.Length is > 0 and <= 255 && !name.Any(char.IsControl) && name[0] != '-' ? name : throw Strange("The branch has no usable name.");
    }

    private static JsonElement? Get(JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement Need(JsonElement element, string name)
        => Get(element, name) ?? throw Strange($"'{name}' is missing.");

    private static string Text(JsonElement element, string name)
        => Need(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw Strange($"'{name}' is no text.");

    private static ProblemException Strange(string why) => new(new(
        "MLO2920",
        "The event of this run cannot be read.",
        $"The file that GITHUB_EVENT_PATH names is not what GitHub writes. {why}",
        "Look at the steps before this one: none of them should touch that file.")
    { Exit = ExitCode.Refused });
}
