using MlOps.Build.Pipeline.Tests;

namespace MlOps.Build.Conformance.Tests;

/// <summary>A Chromium without a window.</summary>
internal static class Browser
{
    private static readonly string[] Candidates =
    [
        Environment.GetEnvironmentVariable("CHROME_BIN") ?? string.Empty,
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    /// <summary>Where it is.</summary>
    public static string Program
    {
        get
        {
            var program = Candidates.FirstOrDefault(File.Exists);
            Assert.True(program is not null, "These tests need Chromium or Chrome: install it, or name it with CHROME_BIN.");
            return program;
        }
    }

    /// <summary>The document as it is when everything has happened that a page does by itself.</summary>
    public static Task<string> DocumentAsync(string address) => RunAsync("--dump-dom", address);

    public static Task PictureAsync(string address, string file) => RunAsync($"--screenshot={file}", address);

    private static async Task<string> RunAsync(string action, string address)
    {
        using var profile = new TemporaryFolder();
        var (exit, output) = await Repository.RunAsync(
            profile.Path, Program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",

            // A frame of another process is not in the picture; what it may do, its sandbox says all the same.
            "--disable-site-isolation-trials", "--disable-features=IsolateSandboxedIframes,IsolateOrigins,site-per-process",
            $"--user-data-dir={profile.At("profile")}", "--window-size=1040,760", "--virtual-time-budget=6000", action, address);
        Assert.True(exit == 0, output);
        return output;
    }
}
