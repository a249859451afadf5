using Microsoft.Extensions.Time.Testing;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Reporting;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Tests.Reporting;

public sealed class ReportHandlerTests : IDisposable
{
    private readonly DirectoryInfo project = Directory.CreateTempSubdirectory("mlops report ö ");
    private readonly ReportInput input = ReportCases.Fail.Input;
    private readonly RunStore store;

    public ReportHandlerTests() => store = new(new(project.FullName), new FakeTimeProvider());

    private string Folder => store.FolderOf(input.Run.Id);

    [Theory]
    [InlineData(null)]
    [InlineData("latest")]
    [InlineData("01JD9Z")]
    public void A_report_is_written_anew_from_what_the_run_wrote(string? run)
    {
        WriteRun();
        ReportFiles.Write(Folder, input, TestContext.Current.CancellationToken);
        var markdown = Read(ReportFiles.Markdown);
        File.Delete(Path.Combine(Folder, ReportFiles.Markdown));

        var answer = new ReportHandler(store).Handle(run, TestContext.Current.CancellationToken);

        Assert.Equal(markdown, Read(ReportFiles.Markdown));
        Assert.Equal(input.NextSteps, answer.Document.NextSteps);
        Assert.Equal(ExitCode.Ok, answer.Exit);
    }

    [Fact]
    public void A_report_of_another_verdict_lends_no_next_steps()
    {
        WriteRun();
        ReportFiles.Write(Folder, input with { VerdictDigest = Digest.Of("another") }, TestContext.Current.CancellationToken);

        Assert.Empty(new ReportHandler(store).Handle(null, TestContext.Current.CancellationToken).Document.NextSteps);
    }

    [Fact]
    public void Without_a_run_that_was_judged_there_is_nothing_to_report()
        => Assert.Equal("MLO2801", Problem(null).Code);

    [Fact]
    public void A_training_has_no_report()
    {
        AtomicFile.Write(Path.Combine(Folder, "run.json"), input.Run with { Kind = RunKind.Training });

        Assert.Equal(("MLO2801", ExitCode.Unavailable), (Problem("01JD9Z").Code, Problem("01JD9Z").Exit));
    }

    [Fact]
    public void Numbers_that_were_not_judged_are_not_reported()
    {
        WriteRun();
        AtomicFile.Write(Path.Combine(Folder, "evaluation.json"), input.Evaluation with { Seed = 43 });

        Assert.Equal(("MLO2802", ExitCode.Refused), (Problem(null).Code, Problem(null).Exit));
        Assert.False(File.Exists(Path.Combine(Folder, ReportFiles.Html)));
    }

    public void Dispose() => project.Delete(recursive: true);

    private Problem Problem(string? run) => Assert.Throws<ProblemException>(() => new ReportHandler(store).Handle(run, TestContext.Current.CancellationToken)).Problem;

    private string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    private void WriteRun()
    {
        AtomicFile.Write(Path.Combine(Folder, "run.json"), input.Run);
        AtomicFile.Write(Path.Combine(Folder, "evaluation.json"), input.Evaluation);
        AtomicFile.Write(Path.Combine(Folder, "verdict.json"), input.Verdict);
    }
}
