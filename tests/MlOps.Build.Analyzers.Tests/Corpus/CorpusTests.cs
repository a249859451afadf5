namespace MlOps.Build.Analyzers.Tests.Corpus;

/// <summary>
/// All rules together on programs as teams write them. Set MLOPS_UPDATE=1 to write the baselines anew, then judge what has a question mark:
/// <c>[right]</c>, or <c>[wrong: why]</c>, which only an information may be.
/// </summary>
public sealed class CorpusTests
{
    private const int FewestPrograms = 196;
    private static readonly bool Update = Environment.GetEnvironmentVariable("MLOPS_UPDATE") == "1";

    public static TheoryData<string> Areas => [.. CorpusProgram.Areas()];

    [Theory]
    [MemberData(nameof(Areas))]
    public async Task Every_report_on_a_program_is_the_one_that_was_judged(string area)
    {
        var programs = new List<(string, IReadOnlyList<Report>)>();
        foreach (var program in CorpusProgram.Of(area))
        {
            programs.Add((program.Name, await program.Reports(TestContext.Current.CancellationToken)));
        }

        var path = Baseline.PathOf(area);
        var before = File.Exists(path) ? await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) : "";
        var now = Baseline.Write(area, programs, before);
        if (Update)
        {
            await File.WriteAllTextAsync(path, now, TestContext.Current.CancellationToken);
        }

        Assert.Equal(now, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Areas))]
    public void Every_report_is_judged_and_no_warning_is_wrong(string area)
    {
        var judged = Baseline.Read(File.ReadAllText(Baseline.PathOf(area))).ToList();

        Assert.DoesNotContain(judged, line => line.Judgement != Baseline.Right && !line.Judgement.StartsWith(Baseline.Wrong + ": ", StringComparison.Ordinal));
        Assert.DoesNotContain(judged, line => line.Report.Disturbs && line.Judgement != Baseline.Right);
    }

    [Fact]
    public void The_corpus_is_no_handful() =>
        Assert.True(CorpusProgram.Areas().SelectMany(CorpusProgram.Of).Count() >= FewestPrograms, "Programs were lost.");

    [Fact]
    public void There_is_no_baseline_without_programs() => Assert.Equal(
        CorpusProgram.Areas(),
        Directory.EnumerateFiles(Path.Combine(CorpusProgram.Folder, "Baselines"), "*.txt")
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));
}
