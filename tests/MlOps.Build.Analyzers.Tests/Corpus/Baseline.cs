using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MlOps.Build.Analyzers.Tests.Corpus;

/// <summary>The checked-in judgements of one area: each program, each report on it, and whether the report is right.</summary>
internal static partial class Baseline
{
    public const string Right = "right";
    public const string Wrong = "wrong";
    public const string Open = "?";

    public static string PathOf(string area) => Path.Combine(CorpusProgram.Folder, "Baselines", area + ".txt");

    /// <summary>The page of an area. What was judged before keeps its judgement; what is new has none.</summary>
    public static string Write(string area, IEnumerable<(string Program, IReadOnlyList<Report> Reports)> programs, string before)
    {
        var judged = Read(before).ToLookup(line => line.Report.Key, line => line.Judgement);
        var taken = new Dictionary<(string, string, string, string), int>();
        var page = new StringBuilder($"# {area}: a program, and below it what is reported: line, rule, severity, judgement, code.\n");
        foreach (var (program, reports) in programs)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n{program}\n");
            foreach (var report in reports)
            {
                var place = taken[report.Key] = taken.GetValueOrDefault(report.Key) + 1;
                var judgement = judged[report.Key].ElementAtOrDefault(place - 1) ?? Open;
                page.Append(CultureInfo.InvariantCulture, $"  {report.Line} {report.Id} {report.Severity} [{judgement}] {report.Code}\n");
            }
        }

        return page.ToString();
    }

    public static IEnumerable<(Report Report, string Judgement)> Read(string page)
    {
        var program = "";
        foreach (var line in page.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] != ' ')
            {
                program = line;
                continue;
            }

            var found = Line().Match(line);
            Assert.True(found.Success, $"not a line of a baseline: {line}");
            yield return (
                new Report(
                    program, found.Groups["id"].Value, found.Groups["severity"].Value,
                    int.Parse(found.Groups["line"].Value, CultureInfo.InvariantCulture), found.Groups["code"].Value),
                found.Groups["judgement"].Value);
        }
    }

    [GeneratedRegex(
        """^  (?<line>\d+) (?<id>MLOPS\d+) (?<severity>\w+) \[(?<judgement>[^\]]*)\] (?<code>.*)$""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();
}
