using MlOps.Build.Tool.Application;
using Spectre.Console;

namespace MlOps.Build.Tool.Pages;

/// <summary>Decides colour and width once; left alone, Spectre.Console forces ANSI into pipes on build servers.</summary>
internal static class TextConsole
{
    public static IAnsiConsole Create(ToolHost host, TextWriter output, bool noColor)
    {
        var colour = UsesColour(host, noColor);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = Width(host);
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    public static int Width(ToolHost host) => host.IsTerminal ? host.Width : Math.Max(80, host.Width);

    private static bool UsesColour(ToolHost host, bool noColor)
    {
        if (noColor || !string.IsNullOrEmpty(host.Environment.Get("NO_COLOR")))
        {
            return false;
        }

        return !string.IsNullOrEmpty(host.Environment.Get("FORCE_COLOR"))
            || (host.IsTerminal && host.Environment.Get("TERM") != "dumb");
    }
}
