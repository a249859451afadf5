using System.Text;

namespace MlOps.Build.Pipeline.Tests;

/// <summary>What <c>.ci/run</c> says last, with a build that passes, fails or crashes on request.</summary>
public sealed class CheckScriptTests : IDisposable
{
    private const string Summary = "mkdir -p artifacts/test-results; echo '12 passed, 0 failed' > artifacts/test-results/summary.txt";

    private readonly string folder = Directory.CreateTempSubdirectory("mlops-check-").FullName;

    [Fact]
    public Task When_all_is_well_the_last_line_is_the_tests()
        => Check(demo: "true", test: Summary, exit: 0, last: "12 passed, 0 failed");

    [Fact]
    public Task A_demo_that_failed_counts_as_one_failure()
        => Check(demo: "false", test: Summary, exit: 1, last: "12 passed, 1 failed");

    [Fact]
    public Task A_demo_that_failed_is_added_to_the_tests_that_failed()
        => Check(demo: "false", test: Summary.Replace("0 failed", "3 failed", StringComparison.Ordinal) + "; false", exit: 1, last: "12 passed, 4 failed");

    [Fact]
    public Task Tests_that_failed_are_counted()
        => Check(demo: "true", test: Summary.Replace("0 failed", "3 failed", StringComparison.Ordinal) + "; false", exit: 1, last: "12 passed, 3 failed");

    [Fact]
    public Task Failed_tests_fail_the_check_whatever_the_build_returned()
        => Check(demo: "true", test: Summary.Replace("0 failed", "3 failed", StringComparison.Ordinal), exit: 1, last: "12 passed, 3 failed");

    [Fact]
    public Task A_crash_before_the_summary_is_one_failure()
        => Check(demo: "true", test: "exit 134", exit: 1, last: "0 passed, 1 failed");

    [Fact]
    public Task A_crash_is_not_covered_by_the_summary_of_an_earlier_run()
        => Check(demo: "true", test: "exit 134", exit: 1, last: "0 passed, 1 failed", before: Summary);

    [Fact]
    public Task A_summary_that_cannot_be_read_is_one_failure()
        => Check(demo: "true", test: Summary.Replace("12 passed, 0 failed", "", StringComparison.Ordinal), exit: 1, last: "0 passed, 1 failed");

    [Fact]
    public Task A_suite_that_broke_without_a_failed_test_is_one_failure()
        => Check(demo: "true", test: Summary + "; false", exit: 1, last: "12 passed, 1 failed");

    [Fact]
    public Task A_file_that_the_build_left_behind_is_one_failure()
        => Check(demo: "echo > left-behind", test: Summary, exit: 1, last: "12 passed, 1 failed");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task Check(string demo, string test, int exit, string last, string? before = null)
    {
        Directory.CreateDirectory(Path.Combine(folder, ".ci"));
        File.Copy(Path.Combine(Repository.Root, ".ci", "run"), Path.Combine(folder, ".ci", "run"));
        Write("build.sh", $"case \"$1\" in\n  Demo) {demo} ;;\n  Test) {test} ;;\nesac\n");
        Write(".gitignore", "artifacts/\n");
        await Bash("chmod +x build.sh; git init --quiet; git add --all; git -c user.name=a -c user.email=a@b commit --quiet -m Start");
        await Bash(before ?? "true");

        var (given, output) = await Repository.RunAsync(folder, "bash", ".ci/run");

        Assert.True(given == exit, output);
        Assert.Equal(last, output.TrimEnd('\n').Split('\n')[^1]);
    }

    private async Task Bash(string commands)
    {
        var (exit, output) = await Repository.RunAsync(folder, "bash", "-c", commands);
        Assert.True(exit == 0, output);
    }

    private void Write(string name, string text)
        => File.WriteAllText(Path.Combine(folder, name), (name.EndsWith(".sh", StringComparison.Ordinal) ? "#!/usr/bin/env bash\n" : "") + text, new UTF8Encoding(false));
}
