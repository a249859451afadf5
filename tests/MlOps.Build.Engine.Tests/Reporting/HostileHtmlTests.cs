using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsCheck;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Tests.Reporting;

public sealed partial class HostileHtmlTests
{
    private static readonly HashSet<string> Elements =
    [
        "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "div", "h1", "h2", "h3", "p", "span", "br", "ol", "ul", "li", "a", "code",
        "table", "caption", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "figure", "figcaption", "details", "summary",
        "svg", "desc", "g", "line", "path", "rect", "circle", "polyline", "polygon", "text", "fieldset", "legend", "input", "label",
    ];

    private static readonly HashSet<string> Attributes =
    [
        "lang", "charset", "http-equiv", "content", "name", "class", "id", "aria-labelledby", "aria-label", "aria-hidden", "tabindex", "role", "scope", "href", "rel",
        "viewBox", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d", "points", "text-anchor", "transform", "focusable", "type", "for", "checked", "aria-describedby",
    ];

    [Fact]
    public void No_text_becomes_an_element_an_attribute_or_an_address()
        => HostileText.Report.Sample(report =>
        {
            var page = Parse(ReportHtml.Of(report.Input));

            Assert.All(page.DescendantsAndSelf(), element => Assert.Contains(element.Name.LocalName, Elements));
            Assert.All(page.DescendantsAndSelf().Attributes(), attribute => Assert.Contains(attribute.Name.LocalName, Attributes));
            Assert.All(page.Descendants().Attributes("href"), href => Assert.Matches("^https?://", href.Value));
            Assert.All(page.Descendants("input"), input => Assert.Equal(("radio", "threshold"), ((string?)input.Attribute("type"), (string?)input.Attribute("name"))));
            Assert.DoesNotContain("url(", page.Descendants("style").Single().Value);
        }, iter: 100);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_reads_well_without_eyes(string name)
    {
        var page = Parse(ReportHtml.Of(ReportCases.All[name].Input));

        Assert.Single(page.Descendants("h1"));
        Assert.Single(page.Descendants("main"));
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids, ids.Distinct());
        Assert.All(page.Descendants().Attributes("aria-labelledby"), label => Assert.All(label.Value.Split(' '), id => Assert.Contains(id, ids)));
        Assert.All(page.Descendants("table"), table => Assert.Contains(table.Descendants("th"), cell => cell.Attribute("scope")?.Value == "col"));
        Assert.All(page.Descendants("svg").Where(drawing => drawing.Attribute("aria-hidden") is null), drawing =>
        {
            Assert.Equal("img", drawing.Attribute("role")?.Value);
            Assert.NotEmpty(drawing.Element("title")!.Value);
            Assert.NotEmpty(drawing.Element("desc")!.Value);
        });
    }

    [Fact]
    public void The_page_asks_nobody_for_anything()
    {
        var html = ReportHtml.Of(ReportCases.Fail.Input);

        Assert.Contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"", html);
        Assert.Equal(["https://ci.example.org/runs/19283746"], Address().Matches(html).Select(match => match.Value));
        Assert.DoesNotContain("<script", html);
    }

    // Browsers read a style sheet as it stands: an encoded sign would undo the rule it is in.
    [Fact]
    public void The_style_sheet_has_no_encoded_signs()
    {
        var html = ReportHtml.Of(ReportCases.Pass.Input);
        var style = html[html.IndexOf("<style>")..html.IndexOf("</style>")];

        Assert.DoesNotContain("&", style);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("//evil.example")]
    [InlineData("https://user:secret@ci.example.org/")]
    [InlineData(null)]
    public void Only_pages_of_the_web_are_links(string? url)
        => Assert.DoesNotContain("<a ", ReportHtml.Of((ReportCases.Pass with { RunUrl = url }).Input));

    public static TheoryData<string> Names => [.. ReportCases.All.Keys];

    // A page of ours is well-formed XML too, except for its first line.
    private static XElement Parse(string html) => XElement.Parse(html[html.IndexOf('\n')..]);

    [GeneratedRegex(@"https?://[^""<\s]+")]
    private static partial Regex Address();
}
