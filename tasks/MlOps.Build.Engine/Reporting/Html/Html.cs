using System.Xml.Linq;

namespace MlOps.Build.Engine.Reporting;

/// <summary>Elements of a page: what is given as text can only come out as text.</summary>
internal static class Html
{
    public static XElement E(string name, params object?[] content)
    {
        var element = new XElement(name);
        foreach (var item in content)
        {
            element.Add(item is string text ? new XText(PlainText.Line(text)) : item);
        }

        // An empty element would close itself, which HTML knows for a few names only.
        if (element.IsEmpty && name is not ("meta" or "br" or "link" or "line" or "path" or "rect" or "circle" or "polyline" or "polygon" or "input"))
        {
            element.Value = string.Empty;
        }

        return element;
    }

    public static XAttribute A(string name, string value) => new(name, PlainText.Line(value));

    public static XAttribute Class(string value) => new("class", value);

    /// <summary>A part of the page with its heading, which names it.</summary>
    public static XElement Section(string id, string heading, params object?[] content)
        => E("section", A("aria-labelledby", id), E("h2", A("id", id), heading), content);

    /// <summary>A table that scrolls by itself on a narrow screen; columns that end in <c>#</c> hold numbers.</summary>
    public static XElement Table(string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object>> rows)
        => E("div", Class("scroll"), A("tabindex", "0"), A("role", "region"), A("aria-label", caption),
            E("table",
                E("caption", E("span", caption)),
                E("thead", E("tr", columns.Select(column => E("th", A("scope", "col"), Number(column), column.TrimEnd('#'))))),
                E("tbody", rows.Select(row => E("tr", row.Select((cell, place) => place == 0
                    ? E("th", A("scope", "row"), cell)
                    : E("td", Number(columns[place]), cell is string text ? Kept(text) : cell)))))));

    /// <summary>An icon that screen readers skip, and the word that says the same.</summary>
    public static object[] Sign(string icon, string word)
        => [E("span", A("aria-hidden", "true"), Plain(icon)), new XText(" " + PlainText.Line(word))];

    /// <summary>A cell breaks before an interval and nowhere in it.</summary>
    private static string Kept(string text)
        => text.Replace(" to ", "\u00A0to\u00A0", StringComparison.Ordinal)
            .Replace(" %", "\u00A0%", StringComparison.Ordinal)
            .Replace("change ", "change\u00A0", StringComparison.Ordinal)
            .Replace("≥ ", "≥\u00A0", StringComparison.Ordinal)
            .Replace("≤ ", "≤\u00A0", StringComparison.Ordinal);

    /// <summary>Signs of ordinary fonts; not every machine has one with emoji.</summary>
    private static string Plain(string icon) => icon switch
    {
        "✅" => "✔",
        "❌" or "🟥" => "✘",
        "⚠️" => "⚠",
        "❔" => "?",
        _ => "–",
    };

    private static XAttribute? Number(string column) => column.EndsWith('#') ? Class("n") : null;
}
