using Cake.Common;
using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Core.IO;

namespace MlOps.Build;

/// <summary>
/// Programs that suites start besides .NET, git and Node.js: a browser for the report tab, openssl as a second opinion on
/// signatures. On a Debian machine that we may change they are installed; elsewhere the message says what to install.
/// </summary>
internal static class Prerequisites
{
    private static readonly (string Package, string[] Programs)[] Debian =
    [
        ("chromium", ["chromium", "chromium-browser", "google-chrome"]),
        ("openssl", ["openssl"]),
    ];

    public static void Ensure(ICakeContext context)
    {
        var missing = Debian.Where(need => !IsThere(context, need)).Select(need => need.Package).ToArray();
        if (missing.Length == 0 || !context.IsRunningOnLinux())
        {
            return;
        }

        if (Environment.UserName != "root" || Find(context, "apt-get") is null)
        {
            throw new CakeException($"Some suites need {string.Join(" and ", missing)}. Install it (Debian: `sudo apt-get install {string.Join(' ', missing)}`) and run the command again.");
        }

        context.Information("Installing {0} for the suites that need it.", string.Join(", ", missing));
        Apt(context, "update");
        Apt(context, "install", ["-y", "--no-install-recommends", "fonts-liberation", .. missing]);
    }

    private static bool IsThere(ICakeContext context, (string Package, string[] Programs) need)
        => need.Programs.Any(program => Find(context, program) is not null)
            || (need.Package == "chromium" && !string.IsNullOrEmpty(context.EnvironmentVariable("CHROME_BIN")));

    private static string? Find(ICakeContext context, string program)
        => (context.EnvironmentVariable("PATH") ?? string.Empty).Split(System.IO.Path.PathSeparator)
            .Select(folder => System.IO.Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private static void Apt(ICakeContext context, string verb, params IEnumerable<string> words)
    {
        var arguments = new ProcessArgumentBuilder().Append("-q").Append(verb);
        foreach (var word in words)
        {
            arguments.Append(word);
        }

        var exit = context.StartProcess("apt-get", new ProcessSettings
        {
            Arguments = arguments,
            EnvironmentVariables = new Dictionary<string, string?> { ["DEBIAN_FRONTEND"] = "noninteractive" },
        });
        if (exit != 0)
        {
            throw new CakeException($"`apt-get {verb}` failed with {exit}; its output is above.");
        }
    }
}
