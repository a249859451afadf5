using System.CommandLine;

namespace MlOps.Build.Tool.Application;

/// <summary>The options every verb has, spelled once.</summary>
internal static class GlobalOptions
{
    public static Option<OutputFormat> Output { get; } = Recursive(new Option<OutputFormat>("--output", "-o")
    {
        Description = "How the answer is written: text, json or markdown.",
        HelpName = "text|json|markdown",
        CustomParser = result => result.Tokens.Count == 1 && FormatOf(result.Tokens[0].Value) is { } format
            ? format
            : Refuse(result),
        DefaultValueFactory = _ => OutputFormat.Text,
    });

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

    private static OutputFormat? FormatOf(string word) => word switch
    {
        "text" => OutputFormat.Text,
        "json" => OutputFormat.Json,
        "markdown" => OutputFormat.Markdown,
        _ => null,
    };

    private static OutputFormat Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"'{string.Join(' ', result.Tokens.Select(token => token.Value))}' is not an output format: text, json or markdown.");
        return OutputFormat.Text;
    }
}
