namespace MlOps.Build.Engine.Reporting;

/// <summary>From values to places on the paper.</summary>
internal sealed record Scale(double From, double To, double Start, double End)
{
    /// <summary>A scale that holds all values, with a little room at both ends.</summary>
    public static Scale Around(IEnumerable<double> values, double start, double end)
    {
        var known = values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (least, most) = (known.Min(), known.Max());
        var room = most > least ? (most - least) * 0.06 : Math.Max(Math.Abs(least) * 0.05, 1e-6);
        return new(least - room, most + room, start, end);
    }

    public double Of(double value) => Start + ((Math.Clamp(value, From, To) - From) / (To - From) * (End - Start));

    /// <summary>Round numbers inside the scale: 1, 2 or 5 times a power of ten apart.</summary>
    public IReadOnlyList<double> Ticks(int about)
    {
        var rough = (To - From) / about;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch
        {
            < 1.5 => 1,
            < 3.5 => 2,
            < 7.5 => 5,
            _ => 10,
        };
        var first = Math.Ceiling(From / step) * step;
        return [.. Enumerable.Range(0, 50).Select(place => first + (place * step)).TakeWhile(tick => tick <= To + (step * 1e-9))];
    }
}
