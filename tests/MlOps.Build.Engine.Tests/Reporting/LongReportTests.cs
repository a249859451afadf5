using System.Xml.Linq;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Tests.Reporting;

/// <summary>A page with many slices shows what matters and folds the rest.</summary>
public sealed class LongReportTests
{
    private static readonly string[] Airports = [.. Enumerable.Range(0, 30).Select(number => FormattableString.Invariant($"A{number:00}"))];

    [Fact]
    public void Slices_that_hold_are_one_line_and_every_comparison_is_behind_a_click()
    {
        var rules = Section(Page(), "rules");

        Assert.Equal(2, Rows(rules.Element("div")!).Length);
        Assert.Equal("All 31 comparisons", rules.Element("details")!.Element("summary")!.Value);
        Assert.Equal(31, Rows(rules.Element("details")!).Length);
    }

    [Fact]
    public void A_slice_that_got_worse_is_not_behind_a_click()
    {
        var slices = Section(Page(worse: "A07"), "slices");

        Assert.Equal("origin = A07", Assert.Single(Rows(slices.Element("div")!)).Element("th")!.Value);
        Assert.Equal("All 30 slices: 29 no clear change, 1 worse", slices.Element("details")!.Element("summary")!.Value);
        Assert.Equal(30, Rows(slices.Element("details")!).Length);
    }

    [Fact]
    public void Few_slices_are_shown_as_they_are()
    {
        var page = XDocument.Parse(ReportHtml.Of(ReportCases.All["pass"].Input)["<!DOCTYPE html>\n".Length..]);

        Assert.Null(Section(page, "slices").Element("details"));
    }

    [Fact]
    public void A_change_without_an_interval_is_not_called_no_change()
    {
        var metric = Measured.Metric("f1", 0.5, 0.4, 0.01, 0.01);

        var row = MetricRow.Of(metric with { Difference = metric.Difference! with { Lower = null, Upper = null } }, ModelTask.BinaryClassification);

        Assert.Equal("not tested", row.Reading);
    }

    private static XDocument Page(string? worse = null)
    {
        var report = new ReportFixture
        {
            Rules =
            [
                Measured.Floor(0, "auc", 0.75, 0.74, 0.002, 0.7),
                .. Airports.Select(airport => Measured.NoWorse(1, "auc", 0.75, 0.75, 0.002, 0.03).InSlice("origin", airport, 900, 1)),
            ],
            Slices =
            [
                .. Airports.Select(airport => Measured.Slice("origin", airport, 900, Measured.Metric("auc", airport == worse ? 0.70 : 0.75, 0.75, 0.002, 0.002))),
            ],
        };
        return XDocument.Parse(ReportHtml.Of(report.Input)["<!DOCTYPE html>\n".Length..]);
    }

    private static XElement Section(XDocument page, string id)
        => page.Descendants("section").Single(section => (string?)section.Attribute("aria-labelledby") == id);

    private static XElement[] Rows(XElement table) => [.. table.Descendants("tbody").Single().Elements("tr")];
}
