using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Hosts.Reports;
using MlOps.Build.Tool.Application;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary>Keeps the comment on the pull request true from the first moment of a run to its end, whatever the end is.</summary>
internal static class CiComment
{
    /// <summary>A job that is cancelled has seconds left.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    public static CommentInput When(IPipelineHost host) => host.Choice<CommentInput>(TaskInputs.Comment);

    /// <summary>The commit that the comment is for: the head of the pull request, or what lies on disk.</summary>
    public static string Head(IPipelineHost host, string? commit) => host.PullRequest?.HeadSha ?? commit ?? "unknown";

    /// <summary>Sends it, and says once why it is not there.</summary>
    public static async Task SendAsync(IPipelineHost host, StickyComment? comment, CancellationToken cancellation)
    {
        if (comment is not null && await host.CommentAsync(comment, cancellation) is { Notice: { } notice })
        {
            host.Annotate(new(AnnotationLevel.Notice, "About the comment on the pull request", notice));
        }
    }

    /// <summary>Runs the work between the notice that it has begun and, where it breaks off, the notice that nothing was judged.</summary>
    public static async Task<T> AroundAsync<T>(VerbContext project, IPipelineHost host, Func<Task<T>> work, CancellationToken cancellation)
    {
        // Without a pull request no comment stands that could be out of date.
        if (host.PullRequest is not { } pull || Model(project.ProjectRoot) is not { } model)
        {
            return await work();
        }

        var (when, page, time) = (When(host), host.State.RunUrl, project.Host.Time);
        await SendAsync(host, ReportComment.Begun(model, pull.HeadSha, page, time.GetUtcNow(), when), cancellation);
        try
        {
            return await work();
        }
        catch (ProblemException exception)
        {
            host.Annotate(new(AnnotationLevel.Error, $"Not judged: {exception.Problem.Code}", $"{exception.Problem.What} {exception.Problem.Fix}"));
            await SummariseAsync(exception.Problem, cancellation);
            await SendAsync(host, ReportComment.Broken(model, pull.HeadSha, exception.Problem, page, time.GetUtcNow(), when), cancellation);
            throw;
        }
        catch (OperationCanceledException)
        {
            using var last = new CancellationTokenSource(LastWords, time);
            await SummariseAsync(Cancelled, last.Token);
            await SendLastAsync(host, ReportComment.Broken(model, pull.HeadSha, Cancelled, page, time.GetUtcNow(), when), last.Token);
            throw;
        }

        // Where there is no comment, as in a fork, this is the only page that says why.
        Task SummariseAsync(Problem problem, CancellationToken writing)
            => host.SummariseAsync(ReportComment.Broken(model, pull.HeadSha, problem, page, time.GetUtcNow(), CommentInput.Always)!.Markdown, writing);
    }

    private static Problem Cancelled { get; } = new(
        "MLO2923",
        "The run was cancelled.",
        "A newer commit, a person or a time limit stopped it.",
        "Run the job again, or push.");

    private static async Task SendLastAsync(IPipelineHost host, StickyComment? comment, CancellationToken cancellation)
    {
        try
        {
            await SendAsync(host, comment is null ? null : comment with { ReplaceOnly = true }, cancellation);
        }
        catch (OperationCanceledException)
        {
            // No time left: the comment still says that a run is under way, which no one takes for a verdict.
        }
    }

    /// <summary>The model's name, also where something else in the file is wrong.</summary>
    private static string? Model(string root)
    {
        try
        {
            return ConfigurationReader.TryRead(root).Configuration.Model is { Length: > 0 } model ? model : null;
        }
        catch (ProblemException)
        {
            return null;
        }
    }
}
