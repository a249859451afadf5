using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Hosts.Reports;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary>Hands a judged run over to the host.</summary>
internal static class CiReport
{
    public static async Task PublishAsync(IPipelineHost host, string root, RunResult result, CancellationToken cancellation)
    {
        var html = Path.Combine(root, result.ReportPath);
        host.SetOutput(TaskOutputs.Verdict, Word(result.Verdict.Kind));
        host.SetOutput(TaskOutputs.VerdictDigest, result.VerdictDigest);
        host.SetOutput(TaskOutputs.ModelDigest, result.Verdict.Subject.Challengers.FirstOrDefault() ?? string.Empty);
        host.SetOutput(TaskOutputs.ReportPath, html);
        host.SetOutput(TaskOutputs.RunId, result.Run.Id);
        foreach (var remark in RuleAnnotations.Of(result.Verdict, Rules(root), Settings(root), host.Limits.Annotations))
        {
            host.Annotate(remark);
        }

        var report = ReportInput.Of(Documents.Read<ReportDocument>(Path.ChangeExtension(html, ".json")));
        await host.SummariseAsync(ReportMarkdown.Of(report, host.Limits.Flavour), cancellation);
        await CiComment.SendAsync(host, ReportComment.Of(report, host.Limits, CiComment.Head(host, result.Run.Git.Commit), CiComment.When(host)), cancellation);
    }

    /// <summary>Keeps the report, sets the status that a policy asks for, and marks a green step that has something to look at.</summary>
    public static async Task ConcludeAsync(IPipelineHost host, IEnvironment environment, string root, RunResult result, ExitCode exit, CancellationToken cancellation)
    {
        var text = $"{result.Verdict.Model}: {Word(result.Verdict.Kind)}";
        await AttachAsync(host, root, result, cancellation);
        if (host.Limits.HasStatusPolicy)
        {
            var state = exit == ExitCode.Ok ? HostStatusState.Succeeded : HostStatusState.Failed;
            var delivery = await host.SetStatusAsync(new(StatusName(ZoneProbe.Of(environment).Kind, result.Verdict.Model), state, text), cancellation);
            if (delivery.Notice is { } notice)
            {
                host.Annotate(new(AnnotationLevel.Notice, "About the status of the pull request", notice));
            }
        }

        if (exit == ExitCode.Ok && result.Verdict.Kind != VerdictKind.Pass)
        {
            host.Complete(HostConclusion.SucceededWithIssues, text);
        }
    }

    /// <summary>Keeps the page of the report where the host has a place for it.</summary>
    public static Task AttachAsync(IPipelineHost host, string root, RunResult result, CancellationToken cancellation)
        => host.AttachAsync(new(Path.Combine(root, result.ReportPath), result.Verdict.Model, AttachmentKind.Report), cancellation);

    /// <summary>Called gate only where the code was merged: a pull request can forge the other.</summary>
    internal static string StatusName(ZoneKind zone, string model) => zone == ZoneKind.Trusted ? $"mlops/gate ({model})" : $"mlops/advice ({model})";

    public static string Word(VerdictKind verdict) => ReportComment.Word(verdict);

    private static GateRule[] Rules(string root)
    {
        try
        {
            return [.. ConfigurationReader.TryRead(root).Configuration.Gate.Rules];
        }
        catch (ProblemException)
        {
            // A job that renders what another one judged has no settings beside it.
            return [];
        }
    }

    /// <summary>mlops.yml as the host names it: from the folder that git works in.</summary>
    private static string Settings(string root)
    {
        var file = Path.Combine(Path.GetFullPath(root), ConfigurationReader.FileName);
        for (var folder = new DirectoryInfo(Path.GetFullPath(root)); folder is not null; folder = folder.Parent)
        {
            if (Path.Exists(Path.Combine(folder.FullName, ".git")))
            {
                return Path.GetRelativePath(folder.FullName, file).Replace('\\', '/');
            }
        }

        return ConfigurationReader.FileName;
    }
}
