using MlOps.Build.Tool.Application;

namespace MlOps.Build.Tool.Verbs.Completions;

/// <summary><c>mlops completions bash|zsh|pwsh|fish</c>.</summary>
internal static class CompletionsCommand
{
    public static VerbCommand Create(ToolHost host)
        => new VerbCommand("completions", "Prints the function that lets a shell complete verbs, options and their words.").With(
            CompletionScripts.All.Select(script => new VerbCommand(script.Shell, script.Use)
            {
                Examples = [script.Example],
            }.Prints(host, () => script.Text)));
}
