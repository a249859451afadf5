using MlOps.Build.Contracts;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Tests.Processes;

public sealed class ProcessRunnerTests : IDisposable
{
    private readonly ProcessFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task The_exit_code_is_the_program_s_own()
    {
        var result = await _fixture.RunAsync(_fixture.Request("exit", "3"));

        Assert.Equal((3, ProcessEnd.Exited, false), (result.ExitCode, result.End, result.Succeeded));
    }

    [Fact]
    public async Task Arguments_arrive_as_they_are_because_there_is_no_shell()
    {
        string[] arguments = ["a b", "$HOME", "\"quoted\"", "back\\slash\\", "*", "ü;|&", ""];

        var result = await _fixture.RunAsync(_fixture.Request(["echo", .. arguments]));

        Assert.Equal(string.Join('|', arguments), result.Output.TrimEnd());
    }

    [Fact]
    public async Task The_environment_given_is_the_whole_environment()
    {
        var request = _fixture.Request("variables") with
        {
            Environment = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")!, ["ONLY"] = "this" },
        };

        var result = await _fixture.RunAsync(request);

        var names = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]);
        Assert.Equal(["MLOPS_PROCESS_ID", "ONLY", "PATH"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_program_that_reads_stdin_is_not_kept_waiting()
    {
        var result = await _fixture.RunAsync(_fixture.Request("read") with { StopsWhenInputEnds = false });

        Assert.Equal("read 0", result.Output.TrimEnd());
    }

    [Theory]
    [InlineData("no-such-program-anywhere")]
    [InlineData("./no-such-file")]
    public async Task A_program_that_is_not_there_is_a_problem_worth_a_retry(string program)
    {
        var request = _fixture.Request() with { Program = program };

        var exception = await Assert.ThrowsAsync<ProblemException>(() => _fixture.RunAsync(request));

        Assert.Equal(("MLO2201", ExitCode.Unavailable), (exception.Problem.Code, exception.Problem.Exit));
        Assert.Contains(program, exception.Problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_working_directory_that_is_not_there_is_named()
    {
        var request = _fixture.Request() with { WorkingDirectory = Path.Combine(_fixture.Folder.FullName, "nowhere") };

        var exception = await Assert.ThrowsAsync<ProblemException>(() => _fixture.RunAsync(request));

        Assert.Contains("nowhere", exception.Problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_that_name_in_the_working_directory_is_not_started()
    {
        File.WriteAllText(Path.Combine(_fixture.Folder.FullName, "planted"), "#!/bin/sh\necho planted\n");

        await Assert.ThrowsAsync<ProblemException>(
            () => _fixture.RunAsync(_fixture.Request() with { Program = "planted" }));
    }

    [Fact]
    public async Task A_program_that_takes_too_long_is_asked_to_stop()
    {
        await using var patient = new PatientFixture();

        var result = await patient.RunUntilStoppedAsync("hang");

        Assert.Equal((ProcessEnd.Stopped, 0), (result.End, result.ExitCode));
        Assert.Equal("asked to stop", result.LastLines[^1]);
    }

    [Fact]
    public async Task A_program_that_does_not_listen_is_ended_after_the_grace()
    {
        using var stop = new CancellationTokenSource();
        var request = _fixture.Request("deaf") with
        {
            Stop = stop.Token,
            OnLine = _ => stop.Cancel(),
        };

        var result = await _fixture.RunAsync(request);

        Assert.Equal(ProcessEnd.Stopped, result.End);
        Assert.False(result.Succeeded);
        Assert.NotEqual(0, result.ExitCode);
    }

    [Fact]
    public async Task The_wall_clock_limit_ends_it()
    {
        var result = await _fixture.RunAsync(_fixture.Request("deaf") with { Timeout = TimeSpan.FromMilliseconds(50) });

        Assert.Equal(ProcessEnd.TimedOut, result.End);
    }

    [Fact]
    public async Task The_memory_limit_ends_it()
    {
        var result = await _fixture.RunAsync(_fixture.Request("eat-memory") with { MemoryBytes = 300L << 20 });

        Assert.Equal(ProcessEnd.OutOfMemory, result.End);
        Assert.InRange(result.PeakMemoryBytes, 300L << 20, 3000L << 20);
    }

    [Theory]
    [InlineData("fork", 3600)]
    [InlineData("fork-clean", 0.05)]
    public async Task A_child_that_outlives_its_parent_is_known_by_its_mark_or_by_having_been_seen(string mode, double watchSeconds)
    {
        _fixture.WatchInterval = TimeSpan.FromSeconds(watchSeconds);

        var result = await _fixture.RunAsync(_fixture.Request(mode, _fixture.IdFile));

        Assert.True(result.Succeeded);
        Assert.Equal(1, result.Orphans);
        _fixture.AssertChildIsGone();
    }

    [Fact]
    public async Task Cancelling_ends_the_tree_and_says_so()
    {
        using var cancel = new CancellationTokenSource();
        var request = _fixture.Request("deaf") with { OnLine = _ => cancel.Cancel() };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _fixture.RunCancellablyAsync(request, cancel.Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_cancelled_program_gets_less_time_than_one_whose_result_counts()
    {
        using var fixture = new ProcessFixture { Grace = TimeSpan.FromHours(1), CancelGrace = TimeSpan.FromMilliseconds(100) };
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var request = fixture.Request("deaf") with { OnLine = _ => cancel.Cancel() };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.RunCancellablyAsync(request, cancel.Token));
    }

    [Fact]
    public async Task A_receiver_that_throws_ends_the_program()
    {
        var request = _fixture.Request("deaf") with { OnLine = _ => throw new InvalidDataException("mine") };

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => _fixture.RunAsync(request));

        Assert.Equal("mine", exception.Message);
    }

    [Fact]
    public async Task A_mark_of_an_outer_mlops_is_kept()
    {
        var request = _fixture.Request("variables") with
        {
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
                ["MLOPS_PROCESS_ID"] = "outer",
            },
        };

        var result = await _fixture.RunAsync(request);

        Assert.Contains("MLOPS_PROCESS_ID=outer:", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_go_in_and_come_out_as_they_are()
    {
        var bytes = Enumerable.Range(0, 300_000).Select(number => (byte)(number * 31)).ToArray();
        await GitAsync(["init", "--quiet"], null, null);
        var id = await GitAsync(["hash-object", "-w", "--stdin"], async (stream, token) => await stream.WriteAsync(bytes, token), null);
        using var output = new MemoryStream();

        await GitAsync(["cat-file", "blob", id.Output.Trim()], null, output);

        Assert.Equal(bytes, output.ToArray());
    }

    [Fact]
    public async Task A_program_that_ends_before_it_has_read_everything_has_still_succeeded()
    {
        var result = await GitAsync(["--version"], async (stream, token) => await stream.WriteAsync(new byte[10_000_000], token), null);

        Assert.True(result.Succeeded);
    }

    [Fact]
    public async Task Input_that_cannot_be_made_ends_the_program()
    {
        var exception = await Assert.ThrowsAsync<InvalidDataException>(
            () => GitAsync(["hash-object", "--stdin"], (_, _) => throw new InvalidDataException("mine"), null));

        Assert.Equal("mine", exception.Message);
    }

    private Task<ProcessResult> GitAsync(string[] arguments, Func<Stream, CancellationToken, Task>? input, Stream? output)
        => _fixture.RunAsync(new ProcessRequest
        {
            Program = "git",
            Arguments = arguments,
            WorkingDirectory = _fixture.Folder.FullName,
            Input = input,
            OutputBytes = output,
        });

    /// <summary>A grace that is long enough for a polite end on a busy machine.</summary>
    private sealed class PatientFixture : IAsyncDisposable
    {
        private readonly ProcessFixture _fixture = new() { Grace = TimeSpan.FromSeconds(30) };

        public async Task<ProcessResult> RunUntilStoppedAsync(string mode)
        {
            using var stop = new CancellationTokenSource();
            return await _fixture.RunAsync(_fixture.Request(mode) with { Stop = stop.Token, OnLine = _ => stop.Cancel() });
        }

        public ValueTask DisposeAsync()
        {
            _fixture.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
