using System.Globalization;
using LateFlights.Model;

namespace LateFlights.Tests;

public sealed class FlightTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(17, 55)]
    [InlineData(23, 59)]
    public void The_departure_hour_is_the_full_hour_on_the_clock(int hour, int minute)
    {
        var flight = new Flight { Date = new DateTime(2001, 6, 15, hour, minute, 0) };

        Assert.Equal(hour, flight.DepartureHour);
    }

    [Fact]
    public void Weeks_begin_on_Sunday()
    {
        var sunday = new Flight { Date = new DateTime(2001, 6, 17) };
        var saturday = new Flight { Date = new DateTime(2001, 6, 23) };

        Assert.Equal(0, sunday.DepartureWeekday);
        Assert.Equal(6, saturday.DepartureWeekday);
    }

    [Fact]
    public void Features_do_not_depend_on_the_culture_of_the_machine()
    {
        var flight = new Flight { Date = new DateTime(2001, 6, 15, 17, 55, 0) };

        var german = In("de-DE", () => (flight.DepartureHour, flight.DepartureWeekday, flight.DepartureMonth));
        var thai = In("th-TH", () => (flight.DepartureHour, flight.DepartureWeekday, flight.DepartureMonth));

        Assert.Equal((17f, 5f, 6f), german);
        Assert.Equal(german, thai);
    }

    [Fact]
    public void No_member_of_a_flight_knows_how_it_ended()
    {
        string[] answers = ["late", "arrival", "delay"];

        var members = typeof(Flight).GetProperties().Select(member => member.Name);

        Assert.DoesNotContain(members, member => answers.Contains(member, StringComparer.OrdinalIgnoreCase));
    }

    private static T In<T>(string culture, Func<T> read)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return read();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
