using MlOps.Build.Contracts;
using MlOps.Build.Tool.Tests.Verbs.Run;

namespace MlOps.Build.Tool.Tests.Verbs.Ci;

/// <summary>The report that Azure DevOps shows in a tab of the run: every verb that has one hands it over.</summary>
public sealed class ReportTabTests : IDisposable
{
    private readonly PipelineProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task Gate_and_report_keep_the_page_of_the_run_and_a_bundle_is_rendered_anew()
    {
        project.Commit();
        Assert.Equal(0, await project.RunAsync("run", "--mode", "full", "--bootstrap"));
        var bundle = Path.GetDirectoryName(project.RunFile(project.Runs().Last(run => run.Kind == RunKind.Pipeline), "report.json"))!;
        await File.WriteAllTextAsync(Path.Combine(bundle, "report.html"), "<p>of a stranger</p>", TestContext.Current.CancellationToken);
        project.Variables["TF_BUILD"] = "True";
        project.Variables["SYSTEM_STAGENAME"] = "checks";
        project.Variables["SYSTEM_JOBNAME"] = "judge";
        project.Variables["BUILD_SOURCEBRANCH"] = "refs/heads/main";
        project.Variables["INPUT_BOOTSTRAP"] = "true";

        var gate = await TabAsync("gate");
        project.Variables["INPUT_BUNDLE"] = bundle;
        var followed = await TabAsync("report");
        var anew = await File.ReadAllTextAsync(followed, TestContext.Current.CancellationToken);
        project.Variables.Remove("INPUT_BUNDLE");
        var report = await TabAsync("report");

        Assert.Equal(Path.Combine(bundle, "report.html"), gate);
        Assert.Equal(gate, report);
        Assert.NotEqual(gate, followed);
        Assert.DoesNotContain("of a stranger", anew, StringComparison.Ordinal);
        Assert.Contains("late-visits", anew, StringComparison.Ordinal);
    }

    /// <summary>The file that a verb hands over, under a name that no other job of the run has.</summary>
    private async Task<string> TabAsync(string verb)
    {
        const string Attached = "##vso[task.addattachment type=mlops-report;name=checks.judge.late-visits;]";
        Assert.True(await project.RunAsync("ci", verb) == 0, project.Error);
        return Assert.Single(project.Output.Split('\n'), line => line.StartsWith(Attached, StringComparison.Ordinal))[Attached.Length..].Trim();
    }
}
