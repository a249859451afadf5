using System.Xml.Linq;

namespace MlOps.Build.Engine.Reporting;

/// <summary>A pair of axes with a grid.</summary>
internal sealed record Plot(Scale X, Scale Y, string XTitle, string YTitle)
{
    public const double Width = 420;
    public const double Height = 340;
    private const double Left = 58;
    private const double Right = 12;
    private const double Top = 12;
    private const double Bottom = 48;

    public static Plot Of(IEnumerable<double> x, IEnumerable<double> y, string xTitle, string yTitle) => new(
        Scale.Around(x, Left, Width - Right),
        Scale.Around(y, Height - Bottom, Top),
        xTitle,
        yTitle);

    /// <summary>Both axes from 0 to 1.</summary>
    public static Plot Unit(string xTitle, string yTitle) => new(
        new(0, 1, Left, Width - Right),
        new(0, 1, Height - Bottom, Top),
        xTitle,
        yTitle);

    public (double X, double Y) At(double x, double y) => (X.Of(x), Y.Of(y));

    public IEnumerable<XElement> Axes()
    {
        foreach (var tick in X.Ticks(5))
        {
            yield return Svg.Line("grid", X.Of(tick), Top, X.Of(tick), Height - Bottom);
            yield return Svg.Text(X.Of(tick), Height - Bottom + 18, "middle", ReportNumber.Short(tick));
        }

        foreach (var tick in Y.Ticks(5))
        {
            yield return Svg.Line("grid", Left, Y.Of(tick), Width - Right, Y.Of(tick));
            yield return Svg.Text(Left - 8, Y.Of(tick) + 4, "end", ReportNumber.Short(tick));
        }

        yield return Svg.Text((Left + Width - Right) / 2, Height - 8, "middle", XTitle);
        var title = Svg.Text(0, 0, "middle", YTitle);
        title.Add(Html.A("transform", $"translate(14 {Svg.N((Top + Height - Bottom) / 2)}) rotate(-90)"));
        yield return title;
    }
}
