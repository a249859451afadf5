using System.Text.Json;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
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
        var report = ReportInput.Of(Documents.Read<ReportDocument>(Path.ChangeExtension(html, ".json")));
        await host.SummariseAsync(ReportMarkdown.Of(report, host.Limits.Flavour), cancellation);
    }

    public static string Word(VerdictKind verdict) => JsonNamingPolicy.KebabCaseLower.ConvertName(verdict.ToString());
}
