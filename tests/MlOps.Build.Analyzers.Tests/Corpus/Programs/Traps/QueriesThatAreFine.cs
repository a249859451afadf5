using System;
using System.Data.Common;
using System.Globalization;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Trips.Sql;

public enum Region
{
    North,
    South,
}

public sealed class Trip
{
    public float Distance { get; set; }
    public float Fare { get; set; }
}

public sealed class TripSource(DbProviderFactory factory, string connection)
{
    private static readonly string[] Columns = [nameof(Trip.Distance), nameof(Trip.Fare)];
    private const string All = "SELECT " + nameof(Trip.Distance) + ", " + nameof(Trip.Fare) + " FROM Trips";

    public DatabaseSource Of(Region region)
    {
        var table = region switch
        {
            Region.North => "TripsNorth",
            Region.South => "TripsSouth",
            _ => throw new ArgumentOutOfRangeException(nameof(region)),
        };
        return new DatabaseSource(factory, connection, $"SELECT Distance, Fare FROM {table}");
    }

    public DatabaseSource Named() => new(factory, connection, $"SELECT {string.Join(", ", Columns)} FROM Trips");

    public DatabaseSource Mirrored() => new(
        factory, connection, $"SELECT {string.Join(", ", typeof(Trip).GetProperties().Select(property => property.Name))} FROM Trips");

    public DatabaseSource Since(DateOnly day) => new(
        factory, connection, All + " WHERE Day >= '" + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "'");

    public DatabaseSource Last(int rows) => new(
        factory, connection, All + " ORDER BY Day DESC LIMIT " + rows.ToString(CultureInfo.InvariantCulture));

    public DatabaseSource Sampled(bool sample)
    {
        var where = sample ? " WHERE Id % 10 = 0" : "";
        return new DatabaseSource(factory, connection, All + where);
    }
}
