using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Tests.Reporting;

/// <summary>The reports in <c>Snapshots</c> are what is written. Set MLOPS_UPDATE=1 to write them anew.</summary>
public sealed class SnapshotTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("MLOPS_UPDATE") == "1";

    public static TheoryData<string> Names => [.. ReportCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_Markdown_report_is_the_snapshot(string name)
        => Compare(name, "md", ReportMarkdown.Of(ReportCases.All[name].Input));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_summary_on_the_console_is_the_snapshot(string name)
        => Compare(name, "txt", string.Concat(ReportText.Summary(ReportCases.All[name].Input).Select(line => line + "\n")));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_is_the_snapshot(string name)
        => Compare(name, "html", ReportHtml.Of(ReportCases.All[name].Input));

    private static void Compare(string name, string extension, string page)
    {
        var file = $"{name}.{extension}";
        var text = WithoutDigests(ReportCases.All[name].Input, page);
        var path = Path.Combine(Folder(), file);
        if (Update)
        {
            Directory.CreateDirectory(Folder());
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path), $"{file} is missing; run the tests once with MLOPS_UPDATE=1.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text);
    }

    /// <summary>Every new field of a document changes its digest; that the page names it is what matters here.</summary>
    private static string WithoutDigests(ReportInput input, string page)
        => page
            .Replace(input.VerdictDigest, "sha256:digest-of-the-verdict", StringComparison.Ordinal)
            .Replace(input.Verdict.Subject.Policy, "sha256:digest-of-the-policy", StringComparison.Ordinal)
            .Replace(input.Verdict.Subject.Evaluation, "sha256:digest-of-the-evaluation", StringComparison.Ordinal);

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MlOps.Build.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "tests", "MlOps.Build.Engine.Tests", "Reporting", "Snapshots");
    }
}
