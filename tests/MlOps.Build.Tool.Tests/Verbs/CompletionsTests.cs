using System.Diagnostics;

namespace MlOps.Build.Tool.Tests.Verbs;

public sealed class CompletionsTests : IDisposable
{
    private readonly ToolFixture tool = new();

    [Theory]
    [InlineData("bash", "complete -o default -F _mlops mlops")]
    [InlineData("zsh", "compdef _mlops mlops")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName mlops")]
    [InlineData("fish", "complete --command mlops")]
    public async Task Each_shell_gets_a_script_that_asks_the_tool(string shell, string registration)
    {
        var exit = await tool.RunAsync("completions", shell);

        Assert.Equal(0, exit);
        Assert.Contains(registration, tool.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", tool.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', tool.Output);
        Assert.Empty(tool.Error);
    }

    [Theory]
    [InlineData("bash", "bash", "-n")]
    [InlineData("zsh", "zsh", "-n")]
    [InlineData("fish", "fish", "--no-execute")]
    public async Task A_shell_that_is_installed_takes_its_script(string shell, string program, string check)
    {
        if (!IsInstalled(program))
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"{program} is not installed: its script was not checked.");
            return;
        }

        await tool.RunAsync("completions", shell);

        var (exit, output) = await RunAsync(program, check, tool.Write("script", tool.Output));
        Assert.True(exit == 0, output);
    }

    [Theory]
    [InlineData("mlops re", "register\nreject\nreport\n")]
    [InlineData("mlops run --mode ", "full\npr\n")]
    [InlineData("mlops run --output ", "json\nmarkdown\ntext\n")]
    [InlineData("mlops ci pr --ho", "--host\n")]
    [InlineData("mlops ci pr --host ", "azure-devops\ngithub\nlocal\n")]
    [InlineData("mlops completions ", "bash\nfish\npwsh\nzsh\n")]
    [InlineData("mlops config val", "validate\n")]
    public async Task A_line_is_completed_with_verbs_options_and_words(string line, string expected)
    {
        var exit = await tool.RunAsync($"[suggest:{line.Length}]", line);

        // The shells keep what begins as the last word does.
        var last = line[(line.LastIndexOf(' ') + 1)..];
        var found = tool.Output.Split('\n').Where(word => word.StartsWith(last, StringComparison.Ordinal) && (last.Length > 0 || char.IsLetter(word.FirstOrDefault('-'))));
        Assert.Equal(0, exit);
        Assert.Equal(expected, string.Concat(found.Select(word => word + "\n")));
    }

    [Fact]
    public async Task Bash_completes_a_line_by_the_script_and_a_tool_on_the_path()
    {
        if (!IsInstalled("bash") || OperatingSystem.IsWindows())
        {
            TestContext.Current.TestOutputHelper!.WriteLine("bash is not installed.");
            return;
        }

        await tool.RunAsync("completions", "bash");
        var script = tool.Write("script", tool.Output);
        var fake = tool.Write("bin/mlops", "#!/bin/sh\n[ \"$1\" = '[suggest:8]' ] && [ \"$2\" = 'mlops re' ] && printf 'register\\nreject\\nscore\\n'\n");
        var drive = tool.Write("drive", $"""
            chmod +x '{fake}'; PATH="{Path.GetDirectoryName(fake)}:$PATH"
            . '{script}'
            COMP_LINE='mlops re'; COMP_POINT=8; COMP_WORDS=(mlops re); COMP_CWORD=1
            _mlops
            printf '%s\n' "${"{"}COMPREPLY[@]{"}"}"

            """);

        var (exit, output) = await RunAsync("bash", "--noprofile", drive);

        Assert.True(exit == 0, output);
        Assert.Equal("register\nreject\n", output);
    }

    public void Dispose() => tool.Dispose();

    private static bool IsInstalled(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task<(int Exit, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
