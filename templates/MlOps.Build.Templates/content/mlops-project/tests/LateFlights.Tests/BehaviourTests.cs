using LateFlights.Model;

namespace LateFlights.Tests;

/// <summary>What a model must do to make sense, whatever its metrics say.</summary>
public sealed class BehaviourTests(TrainedModel model)
{
    private static readonly (string Origin, string Destination, float Miles)[] Routes =
    [
        ("ORD", "SFO", 1846), ("ATL", "BOS", 946), ("DFW", "LAX", 1235), ("PHX", "LAS", 256), ("LGA", "ORD", 733),
    ];

    [Theory]
    [InlineData(6, 11)]
    [InlineData(11, 16)]
    [InlineData(16, 20)]
    public void A_later_departure_is_not_less_likely_to_be_late(int earlier, int later)
    {
        var before = Routes.Average(route => Lateness(route, earlier));
        var after = Routes.Average(route => Lateness(route, later));

        Assert.True(after >= before, $"At {earlier}:00 the model says {before:F3}, at {later}:00 {after:F3}.");
    }

    [Fact]
    public void The_same_hour_of_the_same_weekday_and_month_gets_the_same_answer()
    {
        var flight = Flight(Routes[0], hour: 17);
        var laterInTheHour = Flight(Routes[0], hour: 17, minute: 59);
        var nextWeek = Flight(Routes[0], hour: 17);
        nextWeek.Date = nextWeek.Date.AddDays(7);

        Assert.Equal(Lateness(flight), Lateness(laterInTheHour));
        Assert.Equal(Lateness(flight), Lateness(nextWeek));
    }

    [Fact]
    public void An_airport_the_model_has_never_seen_gets_an_answer_between_those_of_the_others()
    {
        var unknown = Lateness(("XXX", "YYY", 800), hour: 12);

        var morning = Routes.Min(route => Lateness(route, 6));
        var evening = Routes.Max(route => Lateness(route, 20));
        Assert.InRange(unknown, morning, evening);
    }

    private static Flight Flight((string Origin, string Destination, float Miles) route, int hour, int minute = 0) => new()
    {
        Date = new DateTime(2001, 6, 12, hour, minute, 0),
        Distance = route.Miles,
        Origin = route.Origin,
        Destination = route.Destination,
    };

    private double Lateness((string Origin, string Destination, float Miles) route, int hour)
        => Lateness(Flight(route, hour));

    private double Lateness(Flight flight) => Answer.Lateness(model.Predict(flight));
}
