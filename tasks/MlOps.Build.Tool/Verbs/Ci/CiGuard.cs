using System.Diagnostics.CodeAnalysis;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Tool.Application;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary>
/// Whatever the end of a run is, the host shows it, and no notice that a run is under way outlives the run. Build servers
/// end a step ten seconds after the first signal: both limits together are shorter.
/// </summary>
internal static class CiGuard
{
    /// <summary>How long the work may take to end what it has started; then it is left alone.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>How long the host may take to show it.</summary>
    internal static readonly TimeSpan LastWords = TimeSpan.FromSeconds(4);

    /// <summary>Does the work of a verb.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, also where the work did not notice.</exception>
    public static async Task<T> AroundAsync<T>(VerbContext project, IPipelineHost host, bool announce, Func<Task<T>> work, CancellationToken cancellation)
    {
        var notice = new CiNotice(project, host);
        try
        {
            if (announce)
            {
                await notice.BegunAsync(cancellation);
            }

            return await StoppableAsync(work, project.Host.Time, cancellation);
        }
        catch (Exception exception)
        {
            await SayAsync(notice, project, exception, cancellation);
            throw;
        }
    }

    /// <summary>A computation that looks at no token must not keep the last words from being said.</summary>
    private static async Task<T> StoppableAsync<T>(Func<Task<T>> work, TimeProvider time, CancellationToken cancellation)
    {
        var working = Task.Run(work, CancellationToken.None);
        try
        {
            return await working.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Task.WhenAny(working, Task.Delay(Patience, time, CancellationToken.None));
            if (working.IsCompletedSuccessfully)
            {
                // It had come to its end: what it said stands.
                return await working;
            }

            // A problem of now is that of a process which the same signal has struck.
            throw;
        }
    }

    private static async Task SayAsync(CiNotice notice, VerbContext project, Exception exception, CancellationToken cancellation)
    {
        using var last = new CancellationTokenSource(Timeout.InfiniteTimeSpan, project.Host.Time);
        using var hurry = cancellation.Register(() => last.CancelAfter(LastWords));
        var isCancelled = exception is OperationCanceledException && cancellation.IsCancellationRequested;
        var problem = isCancelled ? Cancelled : (exception as ProblemException)?.Problem ?? BrokeOff(exception);
        foreach (var say in notice.Broken(problem, isCancelled, last.Token))
        {
            await TryAsync(say, project);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Why the run ended is what must be heard; that the host did not take it comes second.")]
    private static async Task TryAsync(Func<Task> say, VerbContext project)
    {
        try
        {
            await say();
        }
        catch (Exception exception)
        {
            project.Progress.Warn($"The host was not told how the run ended: {exception.Message}");
        }
    }

    private static Problem Cancelled { get; } = new(
        "MLO2923",
        "The run was cancelled.",
        "A newer commit, a person or a time limit stopped it.",
        "Run the job again, or push.");

    /// <summary>The message of a bug may hold a value of the data, so only that of the file system is shown to everybody.</summary>
    private static Problem BrokeOff(Exception exception) => exception is IOException or UnauthorizedAccessException
        ? new("MLO2985", "The run broke off.", SecretRedactor.Redact(exception.Message), "Make room or correct what the log of the job names, and run the job again.")
        : new("MLO2985", "The run broke off.", $"Nobody foresaw this ({exception.GetType().Name}): it is a bug in mlops.", "Report it with what the log of the job says, and run the job again.");
}
