using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Hosts.Reports;
using MlOps.Build.Tool.Application;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary>What a host shows while a run is under way, and where it ends without a verdict.</summary>
internal sealed class CiNotice(VerbContext project, IPipelineHost host)
{
    private readonly string? model = Model(project.ProjectRoot);

    private string Name => model ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(project.ProjectRoot));

    private DateTimeOffset Now => project.Host.Time.GetUtcNow();

    /// <summary>In place of an older report.</summary>
    public Task BegunAsync(CancellationToken cancellation)
        => CiComment.SendAsync(host, CommentOf((name, pull) => ReportComment.Begun(name, pull.HeadSha, host.State.RunUrl, Now, CiComment.When(host))), cancellation);

    /// <summary>Everything there is to do, each on its own: where one fails the others are still done.</summary>
    public IEnumerable<Func<Task>> Broken(Problem problem, bool isCancelled, CancellationToken cancellation)
    {
        if (!isCancelled)
        {
            yield return () =>
            {
                host.Annotate(new(AnnotationLevel.Error, $"Not judged: {problem.Code}", $"{problem.What} {problem.Fix}"));
                return Task.CompletedTask;
            };
        }

        // Where there is no comment, as in a fork, this is the only page that says why.
        yield return () => host.SummariseAsync(
            ReportComment.Broken(Name, CiComment.Head(host, null), problem, host.State.RunUrl, Now, CommentInput.Always)!.Markdown, cancellation);
        yield return () => CiComment.SendAsync(host, Comment(problem, isCancelled), cancellation);
        if (host.Limits.HasStatusPolicy && model is not null)
        {
            yield return () => host.SetStatusAsync(
                new(CiReport.StatusName(ZoneProbe.Of(project.Host.Environment).Kind, model), HostStatusState.Error, $"{model}: not judged"), cancellation);
        }
    }

    /// <summary>Who cancels a run knows it: no comment is made for it, but one that stands is made true.</summary>
    private StickyComment? Comment(Problem problem, bool isCancelled)
    {
        var comment = CommentOf((name, pull) => ReportComment.Broken(name, pull.HeadSha, problem, host.State.RunUrl, Now, CiComment.When(host)));
        return isCancelled && comment is not null ? comment with { ReplaceOnly = true } : comment;
    }

    /// <summary>Without a pull request no comment stands that could be out of date.</summary>
    private StickyComment? CommentOf(Func<string, PullRequestIdentity, StickyComment?> write)
        => host.PullRequest is { } pull && model is not null ? write(model, pull) : null;

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
