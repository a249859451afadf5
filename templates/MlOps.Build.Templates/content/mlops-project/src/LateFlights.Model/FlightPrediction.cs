using MlOps.Build.Annotations;

namespace LateFlights.Model;

#if (Binary)
/// <summary>How likely the flight is to arrive 30 minutes late or more.</summary>
[ModelOutput]
public sealed class FlightPrediction
{
    /// <summary>Whether late is the likelier answer.</summary>
    public bool PredictedLabel { get; set; }

    /// <summary>The probability of being late, 0 to 1.</summary>
    public float Probability { get; set; }
}
#endif
#if (Multiclass)
/// <summary>Whether the flight arrives early, on time or late.</summary>
[ModelOutput]
public sealed class FlightPrediction
{
    /// <summary>The likeliest class: early, late or on-time.</summary>
    public string PredictedLabel { get; set; } = "";

    /// <summary>The probability of each class, in alphabetical order: early, late, on-time.</summary>
    public float[] Score { get; set; } = [];
}
#endif
#if (Regression)
/// <summary>How many minutes late the flight arrives.</summary>
[ModelOutput]
public sealed class FlightPrediction
{
    /// <summary>Minutes; negative is early.</summary>
    public float Score { get; set; }
}
#endif
