using MlOps.Build.Contracts;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Tests.Reporting;

public sealed class ReportFilesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops report ä ");

    [Fact]
    public void Every_form_is_written_and_names_the_verdict()
    {
        ReportFiles.Write(folder.FullName, ReportCases.Fail.Input, TestContext.Current.CancellationToken);

        Assert.Contains("### ❌ Blocked: late-flights", Read(ReportFiles.Markdown));
        Assert.Contains(" Blocked: late-flights, head@4f2c9e1 fails 3 of 7 comparisons</h1>", Read(ReportFiles.Html));
        Assert.Equal(VerdictKind.Fail, Documents.Read<ReportDocument>(Path.Combine(folder.FullName, ReportFiles.Json)).Verdict.Kind);
    }

    [Fact]
    public void The_document_gives_the_same_Markdown_again()
    {
        var input = ReportCases.Fail.Input;
        ReportFiles.Write(folder.FullName, input, TestContext.Current.CancellationToken);

        var again = ReportInput.Of(Documents.Read<ReportDocument>(Path.Combine(folder.FullName, ReportFiles.Json)));

        Assert.Equal(ReportMarkdown.Of(input), ReportMarkdown.Of(again));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Read(string name) => File.ReadAllText(Path.Combine(folder.FullName, name));
}
