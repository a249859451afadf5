namespace MlOps.Build.Engine.Reporting;

/// <summary>A value and its two one-sided bounds, in the metric's own direction.</summary>
internal sealed record Spread(double Value, double? Lower, double? Upper)
{
    /// <summary>The same quantity seen from the other side: the bounds change places.</summary>
    public Spread Turned => new(-Value, -Upper, -Lower);

    public Spread TurnedIf(bool turn) => turn ? Turned : this;

    public string Text(Func<double, string> show)
        => this is { Lower: { } lower, Upper: { } upper }
            ? $"{show(Value)} ({show(lower)} to {show(upper)})"
            : $"{show(Value)} (no bounds)";
}
