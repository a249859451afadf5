using System.Xml.Linq;
using static MlOps.Build.Engine.Reporting.Html;

namespace MlOps.Build.Engine.Reporting;

/// <summary>The report as one page that asks nobody for anything and needs no script.</summary>
public static class ReportHtml
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private static readonly Lazy<string> Style = new(ReadStyle);

    /// <summary>The page.</summary>
    public static string Of(ReportInput input)
    {
        var view = ReportView.Of(input);
        var page = E("html", A("lang", "en"),
            E("head",
                E("meta", A("charset", "utf-8")),
                E("meta", A("http-equiv", "Content-Security-Policy"), A("content", Policy)),
                E("meta", A("name", "viewport"), A("content", "width=device-width, initial-scale=1")),
                E("meta", A("name", "referrer"), A("content", "no-referrer")),
                E("title", $"{view.Word}: {view.Subject}"),
                E("style", new XText(Style.Value))),
            E("body", Header(view), Main(view), Footer(view)));
        return $"<!DOCTYPE html>\n{page}\n".ReplaceLineEndings("\n");
    }

    private static XElement Header(ReportView view)
        => E("header",
            E("div", Class("verdict " + view.Input.Verdict.Kind.ToString().ToLowerInvariant()),
                E("h1", Sign(view.Icon, $"{view.Word}: {view.Subject}")),
                E("p", Class("lead"), view.Sentence),
                view.Notes.Select(note => E("p", note))));

    private static XElement Main(ReportView view)
        => E("main",
            HtmlSections.Rules(view),
            HtmlSections.NextSteps(view),
            HtmlSections.PolicyChange(view),
            HtmlSections.Metrics(view),
            HtmlCharts.Section(view),
            HtmlThresholds.Section(view),
            HtmlSections.Slices(view),
            HtmlSections.WeakSlices(view),
            HtmlSections.Fairness(view),
            HtmlSections.Facts("measured", "How this was measured", view.Measured),
            HtmlSections.Facts("provenance", "Provenance", view.Provenance));

    private static XElement Footer(ReportView view)
    {
        var run = $"Run {view.Input.Run.Id}";
        return E("footer", E("p",
            view.RunUrl is { } url ? E("a", A("href", url), A("rel", "noreferrer noopener"), run) : run,
            $" · commit {view.Commit} · engine {view.Input.Run.Machine.EngineVersion}"));
    }

    private static string ReadStyle()
    {
        using var stream = typeof(ReportHtml).Assembly.GetManifestResourceStream("report.css")
            ?? throw new InvalidOperationException("The resource report.css is missing.");
        using var reader = new StreamReader(stream);
        return "\n" + reader.ReadToEnd();
    }
}
