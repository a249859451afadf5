using MlOps.Build.Annotations;

namespace MlOps.Build.Training.Tests.Trainer;

/// <summary>A whole trainer: with the one line of Program.cs this is all that a project writes.</summary>
public sealed class LateFlights : ModelDefinition<Flight>
{
    public override Learner Learner(TrainingContext context) => Learners.LightGbm(context);
}

[ModelInput]
public sealed class Flight
{
    public string Carrier { get; set; } = string.Empty;

    public string? Origin { get; set; }

    public float Distance { get; set; }

    public float AirTime { get; set; }

    [EventTime]
    public DateTime ScheduledDeparture { get; set; }

    public float Hour => ScheduledDeparture.Hour;

    public bool Weekend => ScheduledDeparture.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
