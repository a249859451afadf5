using System.CommandLine;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Reporting;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Report;

/// <summary><c>mlops report</c>.</summary>
internal static class ReportCommand
{
    public static VerbCommand Create(ToolHost host)
    {
        var run = new Option<string?>("--run") { Description = "A run's id, the beginning of one, or 'latest'; default: the newest with a verdict." };
        return new VerbCommand("report", "Writes the report of a run anew and shows it.")
        {
            Examples = ["mlops report", "mlops report --run 01KB --output markdown"],
            Exits = [ExitCode.Ok, ExitCode.Unavailable, ExitCode.Refused],
        }.With(run).Answers(
            host,
            async (context, cancellation) => new ReportHandler(await context.RunsAsync(cancellation)).Handle(context.Value(run), cancellation),
            Summary,
            report => new Page().Verbatim(ReportMarkdown.Of(ReportInput.Of(report))));
    }

    public static Page Summary(ReportDocument report)
    {
        var page = new Page();
        foreach (var line in ReportText.Summary(ReportInput.Of(report)))
        {
            page.Line(line);
        }

        return page.Line($"Report: .mlops/runs/{report.Run.Id}/{ReportFiles.Html}");
    }
}
