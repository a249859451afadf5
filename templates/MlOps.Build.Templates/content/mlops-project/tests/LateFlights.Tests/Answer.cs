using LateFlights.Model;
using MlOps.Build.Contracts;

namespace LateFlights.Tests;

/// <summary>What the model predicts, in one place for all tests.</summary>
internal static class Answer
{
#if (Binary)
    public const string Column = "late";

    public const ModelTask Task = ModelTask.BinaryClassification;

    /// <summary>How much the model expects a delay: larger is later.</summary>
    public static double Lateness(FlightPrediction prediction) => prediction.Probability;
#endif
#if (Multiclass)
    public const string Column = "arrival";

    public const ModelTask Task = ModelTask.MulticlassClassification;

    /// <summary>How much the model expects a delay: larger is later.</summary>
    public static double Lateness(FlightPrediction prediction) => prediction.Probabilities[1];
#endif
#if (Regression)
    public const string Column = "delay";

    public const ModelTask Task = ModelTask.Regression;

    /// <summary>How much the model expects a delay: larger is later.</summary>
    public static double Lateness(FlightPrediction prediction) => prediction.Delay;
#endif
}
