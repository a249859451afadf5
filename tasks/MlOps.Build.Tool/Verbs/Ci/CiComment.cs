using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary>The comment on the pull request.</summary>
internal static class CiComment
{
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
}
