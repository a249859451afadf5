using System.Globalization;
using System.Reflection;
using MlOps.Build.Contracts;

namespace MlOps.Build.Tool.Application;

/// <summary>Turns an unexpected exception into a file and three lines: the user must not have to read a stack trace.</summary>
internal static class BugReport
{
    public static int Write(ToolHost host, IReadOnlyList<string> args, Exception exception, bool asJson)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"mlops-bug-{host.Time.GetUtcNow():yyyyMMddHHmmssfff}.txt");
        var file = Path.Combine(Path.GetTempPath(), name);
        var where = TryWrite(file, $"mlops {Version}\nmlops {string.Join(' ', args)}\n\n{exception}\n")
            ? $"Please report it with the file '{file}'."
            : $"Please report it with this text: {exception}";
        var problem = new Problem(
            "MLO2070",
            "This is a bug in mlops.",
            $"{exception.GetType().Name}: {exception.Message}",
            where)
        { Exit = ExitCode.Bug };
        return ProblemPrinter.Print(host, problem, asJson);
    }

    /// <summary>A full disk may be the very cause of the bug.</summary>
    private static bool TryWrite(string file, string text)
    {
        try
        {
            AtomicFile.Write(file, text);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static string Version { get; } = typeof(BugReport).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
