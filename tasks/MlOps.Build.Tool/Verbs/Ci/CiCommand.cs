using System.CommandLine;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Pipeline;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Verbs.Run;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary><c>mlops ci pr</c>: the verb, and its outputs and summary for the pipeline host.</summary>
internal static class CiCommand
{
    public static VerbCommand Create(ToolHost host)
    {
        var bases = new Option<string?>("--base") { Description = "The branch, tag or commit to compare with.", HelpName = "ref" };
        return new VerbCommand("ci", "The same verbs on a build server: outputs and summary go to the host.").With(
            new VerbCommand("pr", "Judges a pull request and writes the report to the job summary.")
            {
                Examples = ["mlops ci pr", "mlops ci pr --base main"],
                Exits = [ExitCode.Ok, ExitCode.No, ExitCode.Unavailable, ExitCode.CannotTell, ExitCode.Refused, ExitCode.Cancelled],
            }.With(bases).Answers(host, (context, cancellation) => RunAsync(context, context.Value(bases), cancellation), RunPage.Of));
    }

    private static async Task<Answer<RunResult>> RunAsync(VerbContext context, string? named, CancellationToken cancellation)
    {
        var request = new PipelineRequest { ProjectRoot = context.ProjectRoot, Mode = RunMode.Pr, Base = named };
        var answer = await new RunHandler(await ServicesFactory.PipelineAsync(context, cancellation)).RunAsync(request, cancellation);
        var result = answer.Document;
        var report = Path.Combine(context.ProjectRoot, result.ReportPath);
        GitHubHost.Of(context.Host.Environment).Publish(
            new Dictionary<string, string>
            {
                ["verdict"] = System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(result.Verdict.Kind.ToString()),
                ["verdict-digest"] = result.VerdictDigest,
                ["model-digest"] = result.Verdict.Subject.Challengers.FirstOrDefault() ?? string.Empty,
                ["report-path"] = report,
            },
            await File.ReadAllTextAsync(Path.ChangeExtension(report, ".md"), cancellation));
        return answer;
    }
}
