using System.Globalization;
using System.Xml.Linq;
using static MlOps.Build.Engine.Reporting.Html;

namespace MlOps.Build.Engine.Reporting;

/// <summary>Shapes of a drawing. Their look is in the style sheet, so that it follows light, dark and print.</summary>
internal static class Svg
{
    /// <summary>A drawing that says in words what it shows.</summary>
    public static XElement Drawing(double width, double height, string title, string description, params object?[] shapes)
        => E("svg", A("viewBox", $"0 0 {N(width)} {N(height)}"), A("width", N(width)), A("height", N(height)), A("role", "img"), A("focusable", "false"),
            E("title", title), E("desc", description), shapes);

    /// <summary>A drawing beside text that says the same: screen readers skip it.</summary>
    public static XElement Ornament(double width, double height, params object?[] shapes)
        => E("svg", A("viewBox", $"0 0 {N(width)} {N(height)}"), A("width", N(width)), A("height", N(height)), A("aria-hidden", "true"), A("focusable", "false"), shapes);

    public static XElement Line(string look, double x1, double y1, double x2, double y2)
        => E("line", Class(look), A("x1", N(x1)), A("y1", N(y1)), A("x2", N(x2)), A("y2", N(y2)));

    public static XElement Path(string look, IEnumerable<(double X, double Y)> points)
        => E("polyline", Class(look), A("points", string.Join(' ', points.Select(point => $"{N(point.X)},{N(point.Y)}"))));

    public static XElement Area(string look, IEnumerable<(double X, double Y)> corners)
        => E("polygon", Class(look), A("points", string.Join(' ', corners.Select(corner => $"{N(corner.X)},{N(corner.Y)}"))));

    public static XElement Dot(string look, double x, double y, double radius = 4)
        => E("circle", Class(look), A("cx", N(x)), A("cy", N(y)), A("r", N(radius)));

    public static XElement Box(string look, double x, double y, double width, double height)
        => E("rect", Class(look), A("x", N(x)), A("y", N(y)), A("width", N(Math.Max(0, width))), A("height", N(Math.Max(0, height))));

    /// <summary><paramref name="anchor"/>: start, middle or end.</summary>
    public static XElement Text(double x, double y, string anchor, string text)
        => E("text", A("x", N(x)), A("y", N(y)), A("text-anchor", anchor), text);

    /// <summary>A value with its bounds on a line: the bar is the interval, the mark the value.</summary>
    public static IEnumerable<XElement> Interval(string look, Spread spread, double y, Scale scale, bool hollow)
    {
        if (spread is { Lower: { } lower, Upper: { } upper })
        {
            yield return Line(look, scale.Of(lower), y, scale.Of(upper), y);
            yield return Line(look, scale.Of(lower), y - 4, scale.Of(lower), y + 4);
            yield return Line(look, scale.Of(upper), y - 4, scale.Of(upper), y + 4);
        }

        yield return Dot(hollow ? look + " hollow" : look + " solid", scale.Of(spread.Value), y);
    }

    public static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
