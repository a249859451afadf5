using System.CommandLine;
using System.CommandLine.Parsing;
using MlOps.Build.Contracts;

namespace MlOps.Build.Tool.Verbs.Run;

/// <summary>The option <c>--mode</c>, spelled the same for every verb.</summary>
internal static class ModeOption
{
    public static Option<RunMode> Create(string description) => new("--mode")
    {
        Description = description,
        HelpName = "pr|full",
        DefaultValueFactory = _ => RunMode.Pr,
        CustomParser = result => result.Tokens.Count == 1 && result.Tokens[0].Value is "pr" or "full"
            ? result.Tokens[0].Value == "full" ? RunMode.Full : RunMode.Pr
            : Refuse(result),
    };

    private static RunMode Refuse(ArgumentResult result)
    {
        result.AddError($"'{string.Join(' ', result.Tokens.Select(token => token.Value))}' is not a mode: pr or full.");
        return RunMode.Pr;
    }
}
