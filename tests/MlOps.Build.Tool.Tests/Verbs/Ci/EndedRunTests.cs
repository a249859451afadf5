using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using MlOps.Build.Contracts;
using MlOps.Build.Tool.Tests.Verbs.Run;

namespace MlOps.Build.Tool.Tests.Verbs.Ci;

/// <summary>
/// A job on a pull request that ends at each of its steps: no process and no half comment is left, and the next job says what
/// an undisturbed one says. A step is a line that is printed, and a call of GitHub before and after it has an effect.
/// </summary>
public sealed partial class EndedRunTests : IDisposable
{
    private readonly PullRequestJob job = new();
    private readonly List<string> steps = [];
    private readonly FileSystemWatcher children;
    private readonly string green;
    private int endAt = int.MaxValue;
    private Action end = () => { };

    public EndedRunTests()
    {
        job.Project.Variables["SOURCE_DATE_EPOCH"] = "1764000000";
        job.Push(PipelineProject.Good, "# the first push\n");
        Assert.Equal(0, job.Project.RunAsync("ci", "pr").GetAwaiter().GetResult());
        green = job.GitHub.Comments.Single().Body;
        job.Push($"{{ scoreMode: column, mode: fork, idFile: '{Path.Combine(job.Runner, "child.id")}' }}", "# the second push\n");
        children = new(job.Runner, "child.id") { EnableRaisingEvents = true };
        children.Renamed += (_, _) => Reach("the trainer's child works");
        job.GitHub.Reached = Reach;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        children.Dispose();
        job.Dispose();
    }

    [Fact]
    public async Task Killed_at_any_step_the_next_job_reaches_the_same_end()
    {
        await EachAsync(KilledAsync, exit => Assert.Equal(OperatingSystem.IsWindows() ? -1 : 137, exit));
    }

    [Fact]
    public async Task Cancelled_at_any_step_it_ends_with_130_and_the_next_job_reaches_the_same_end()
    {
        job.Project.Line = line => Reach(line);
        await EachAsync(CancelledAsync, exit =>
        {
            Assert.Equal(130, exit);
            AssertNoProcess();
            Assert.Contains(Verdict(job.GitHub.Comments.Single().Body), (string[])["not-judged", "pass"]);
        });
    }

    [Theory]
    [InlineData("mode: fork-and-hang, idFile: '{0}'")]
    [InlineData("scoreMode: hang")]
    public async Task A_trainer_or_scorer_whose_time_is_used_up_is_ended_with_what_it_started(string parameters)
    {
        Reset();
        job.Push($"{{ {parameters.Replace("{0}", Path.Combine(job.Runner, "child.id"), StringComparison.Ordinal)} }}\n  budget: {{ time: 2s }}");

        var exit = await job.Project.RunAsync("ci", "pr");

        Assert.Equal(2, exit);
        AssertNoProcess();
        AssertNothingHalf();
        Assert.Equal("not-judged", Verdict(job.GitHub.Comments.Single().Body));
        Assert.Contains("its time was used up", job.GitHub.Comments.Single().Body, StringComparison.Ordinal);
        NextJob();
        job.Push(PipelineProject.Good, "# mended\n");
        Assert.Equal(0, await job.Project.RunAsync("ci", "pr"));
        Assert.Equal("pass", Verdict(job.GitHub.Comments.Single().Body));
    }

    private static string Verdict(string comment)
    {
        var match = Whole().Match(comment);
        Assert.True(match.Success, comment);
        return match.Groups["verdict"].Value;
    }

    /// <summary>Ends a job at each step in turn, and lets the next one work to its end.</summary>
    private async Task EachAsync(Func<Task<int>> runAsync, Action<int> assertEnd)
    {
        Reset();
        Assert.Equal(0, await runAsync());
        var count = steps.Count;
        Assert.InRange(count, 17, 20);
        Reset();
        Assert.Equal(0, await job.Project.RunAsync("ci", "pr"));
        var expected = State();
        for (var step = 1; step <= count; step++)
        {
            Reset();
            endAt = step;
            assertEnd(await runAsync());
            AssertNothingHalf();

            endAt = int.MaxValue;
            NextJob();
            Assert.True(await job.Project.RunAsync("ci", "pr") == 0, job.Project.Error);
            AssertNoProcess();
            Assert.Equal($"{steps[step - 1]}\n{expected}", $"{steps[step - 1]}\n{State()}");
        }
    }

    private async Task<int> KilledAsync()
    {
        using var process = new Process { StartInfo = Command() };
        process.OutputDataReceived += Heard;
        process.ErrorDataReceived += Heard;
        end = process.Kill;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync(Cancellation);
        return process.ExitCode;

        void Heard(object sender, DataReceivedEventArgs line) => Reach(line.Data ?? string.Empty);
    }

    private async Task<int> CancelledAsync()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        end = source.Cancel;
        return await job.Project.CancellableAsync(source.Token, "ci", "pr");
    }

    private ProcessStartInfo Command()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = job.Project.Folder,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "mlops.dll"), "ci", "pr" },
        };
        start.Environment.Clear();
        foreach (var (name, value) in job.Project.Variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Whether a call has an effect. Masks, calls that only read, and the answer after the last write are no steps of their own.</summary>
    private bool Reach(string step)
    {
        lock (steps)
        {
            var isRead = step.StartsWith("after GET", StringComparison.Ordinal) || step.StartsWith("after POST /graphql", StringComparison.Ordinal);
            if (isRead || string.IsNullOrWhiteSpace(step) || step.StartsWith("::add-mask::", StringComparison.Ordinal) || steps.Count(item => item.StartsWith("after PATCH", StringComparison.Ordinal)) == 2)
            {
                return true;
            }

            steps.Add(step);
            if (steps.Count == endAt)
            {
                end();
            }

            return steps.Count != endAt;
        }
    }

    private void Reset()
    {
        steps.Clear();
        Directory.Delete(job.Project.State, recursive: true);
        Directory.CreateDirectory(job.Project.State);
        job.GitHub.Comments.Clear();
        job.GitHub.Add("github-actions[bot]", green);
        NextJob();
    }

    /// <summary>A runner gives each job files of its own.</summary>
    private void NextJob()
    {
        File.Delete(job.Outputs);
        File.Delete(job.Summary);
    }

    /// <summary>What has its final name is whole, and so is the one comment.</summary>
    private void AssertNothingHalf()
    {
        Verdict(Assert.Single(job.GitHub.Comments).Body);
        foreach (var file in StateFiles().Where(file => file.EndsWith(".json", StringComparison.Ordinal)))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        }
    }

    /// <summary>No living process knows of this project, by its folder or by a variable.</summary>
    private void AssertNoProcess()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var folder = System.Text.Encoding.UTF8.GetBytes(job.Project.Folder);
        Assert.Empty(Directory.EnumerateDirectories("/proc").Where(process => int.TryParse(Path.GetFileName(process), out _)).Select(process =>
        {
            try
            {
                var isOurs = File.ReadAllBytes(Path.Combine(process, "environ")).AsSpan().IndexOf(folder) >= 0;
                return isOurs ? File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ') : null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }).OfType<string>());
    }

    private string[] StateFiles() => Directory.GetFiles(job.Project.State, "*", SearchOption.AllDirectories);

    /// <summary>Comment, outputs, summary, verdicts and, but for requests to scorers, which a job does not need that finds what they answered, what the runs that ended hold, without what names a run or a time.</summary>
    private string State()
    {
        var broken = StateFiles().Where(IsBroken).Select(file => Path.GetDirectoryName(file)!).ToArray();
        Assert.DoesNotContain(broken.SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)), file => Path.GetExtension(file) is ".parquet" or ".tmp");
        var whole = StateFiles().Where(file => !broken.Any(folder => file.StartsWith(folder, StringComparison.Ordinal))).ToArray();
        return string.Join("\n====\n", ((string[])[
            Assert.Single(job.GitHub.Comments).Body,
            File.ReadAllText(job.Outputs),
            File.ReadAllText(job.Summary),
            .. whole.Where(file => Path.GetFileName(file) == "verdict.json").Select(File.ReadAllText),
            .. whole.Where(file => !file.EndsWith(".score-request.json", StringComparison.Ordinal)).Select(file => Path.GetRelativePath(job.Project.State, file)),
        ]).Select(Nameless).Distinct().Order(StringComparer.Ordinal));
    }

    private static bool IsBroken(string file)
        => Path.GetFileName(file) == "run.json" && Documents.Read<RunRecord>(file).Status is RunStatus.Started or RunStatus.Failed or RunStatus.Cancelled;

    private static string Nameless(string text)
    {
        foreach (var (pattern, name) in new[]
        {
            ("[0-9A-HJKMNP-TV-Z]{26}", "RUN"), ("(cache/.*/)[0-9a-f]{64}", "$1KEY"), ("valid-at=[^ ]+", "valid-at"), ("- Time: .*", "- Time"),
            // The tool in a process of its own and in this one are two engines.
            (@"(""engine"": ""|\| Engine \| [^ ]+ )sha256:[0-9a-f]{64}", "$1DIGEST"),
            (@"(\| (Verdict|Evaluation) \| |verdict-digest=|verdict=|""evaluation"": "")sha256:[0-9a-f]{64}", "$1DIGEST"),
        })
        {
            text = Regex.Replace(text, pattern, name);
        }

        return text;
    }

    [GeneratedRegex(@"\A<!-- mlops:comment v=1 model=late-visits head=[0-9a-f]{40} [^\n]* verdict=(?<verdict>pass|running|not-judged) -->\n### (?s:.*)`[0-9a-f]{7}`[^\n]*\n*\z")]
    private static partial Regex Whole();
}
