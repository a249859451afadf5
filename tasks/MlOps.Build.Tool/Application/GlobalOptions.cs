using System.CommandLine;

namespace MlOps.Build.Tool.Application;

/// <summary>The options every verb has, spelled once.</summary>
internal static class GlobalOptions
{
    public static Option<OutputFormat> Output { get; } = Recursive(
        WordOption.Create<OutputFormat>("--output", "How the answer is written.", "an output format", "-o"));

    public static Option<string?> Root { get; } = Recursive(new Option<string?>("--root")
    {
        Description = "The folder with mlops.yml; default: this folder or the nearest one above it.",
        HelpName = "folder",
    });

    public static Option<bool> Quiet { get; } = Recursive(new Option<bool>("--quiet", "-q")
    {
        Description = "No progress on stderr.",
    });

    public static Option<bool> Verbose { get; } = Recursive(new Option<bool>("--verbose")
    {
        Description = "Also the lines of trainers and builds on stderr.",
    });

    public static Option<bool> NoColor { get; } = Recursive(new Option<bool>("--no-color")
    {
        Description = "No colour; NO_COLOR does the same.",
    });

    public static IEnumerable<Option> All => [Output, Root, Quiet, Verbose, NoColor];

    private static T Recursive<T>(T option)
        where T : Option
    {
        option.Recursive = true;
        return option;
    }
}
