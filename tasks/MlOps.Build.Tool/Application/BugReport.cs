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
        AtomicFile.Write(file, $"mlops {Version}\nmlops {string.Join(' ', args)}\n\n{exception}\n");
        var problem = new Problem(
            "MLO2070",
            "This is a bug in mlops.",
            $"{exception.GetType().Name}: {exception.Message}",
            $"Please report it with the file '{file}'.")
        { Exit = ExitCode.Bug };
        return ProblemPrinter.Print(host, problem, asJson);
    }

    public static string Version { get; } = typeof(BugReport).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
