using MlOps.Build.Annotations;

namespace LateFlights.Model;

/// <summary>
/// A flight as the model sees it, in training and in the scoring service alike. Members with a setter are columns of the
/// data and fields of a request; get-only members are derived from them, by this code and no other.
/// </summary>
[ModelInput]
public sealed class Flight
{
    /// <summary>When the aircraft leaves the gate, local time.</summary>
    [EventTime]
    public DateTime Date { get; set; }

    /// <summary>Miles between the two airports.</summary>
    public float Distance { get; set; }

    /// <summary>The airport it leaves, such as ORD.</summary>
    public string Origin { get; set; } = "";

    /// <summary>The airport it goes to, such as SFO.</summary>
    public string Destination { get; set; } = "";

    /// <summary>Delays add up over the day.</summary>
    public float DepartureHour => Date.Hour;

    /// <summary>0 is Sunday.</summary>
    public float DepartureWeekday => (float)Date.DayOfWeek;

    /// <summary>Winter and summer have different weather.</summary>
    public float DepartureMonth => Date.Month;
}
