using Microsoft.ML.Data;
using MlOps.Build.Annotations;

namespace LateFlights.Model;

#if (Binary)
/// <summary>How likely the flight is to arrive 30 minutes late or more.</summary>
[ModelOutput]
public sealed class FlightPrediction
{
    /// <summary>Whether late is the likelier answer.</summary>
    [ColumnName("PredictedLabel")]
    public bool Late { get; set; }

    /// <summary>The probability of being late, 0 to 1.</summary>
    [ColumnName("Probability")]
    public float Probability { get; set; }
}
#endif
#if (Multiclass)
/// <summary>Whether the flight arrives early, on time or late.</summary>
[ModelOutput]
public sealed class FlightPrediction
{
    /// <summary>The likeliest class: early, late or on-time.</summary>
    [ColumnName("PredictedLabel")]
    public string Arrival { get; set; } = "";

    /// <summary>The probability of each class, in alphabetical order: early, late, on-time.</summary>
    [ColumnName("Score")]
    public float[] Probabilities { get; set; } = [];
}
#endif
#if (Regression)
/// <summary>How many minutes late the flight arrives.</summary>
[ModelOutput]
public sealed class FlightPrediction
{
    /// <summary>Minutes; negative is early.</summary>
    [ColumnName("Score")]
    public float Delay { get; set; }
}
#endif
