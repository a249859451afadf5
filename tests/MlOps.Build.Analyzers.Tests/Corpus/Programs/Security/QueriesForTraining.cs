using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Globalization;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Housing;

public sealed class Flat
{
    public float Area { get; set; }
    public float Rent { get; set; }
}

public enum Tenure
{
    Owned,
    Rented,
}

public sealed class FlatQueries(DbProviderFactory factory, string connection)
{
    private static readonly string Columns = "Area, Rent";

    public DatabaseSource All() => new(factory, connection, "SELECT Area, Rent FROM Flats");

    public DatabaseSource Since(DateTime day, int limit) =>
        new(factory, connection, $"SELECT TOP {limit} {Columns} FROM Flats WHERE Seen >= '{day:yyyy-MM-dd}'");

    public DatabaseSource Of(Tenure tenure) => new(factory, connection, "SELECT " + Columns + " FROM Flats WHERE Tenure = '" + tenure + "'");

    public DatabaseSource In(string city) => new(factory, connection, $"SELECT Area, Rent FROM Flats WHERE City = '{city}'");

    public DatabaseSource InAny(IEnumerable<string> cities)
    {
        var list = string.Join(",", cities.Select(city => "'" + city.Replace("'", "''") + "'"));
        var text = "SELECT Area, Rent FROM Flats WHERE City IN (" + list + ")";
        return new DatabaseSource(factory, connection, text);
    }

    public DatabaseSource Formatted(string table) =>
        new(factory, connection, string.Format(CultureInfo.InvariantCulture, "SELECT Area, Rent FROM {0}", table));

    public DatabaseSource Chosen(bool recent) =>
        new(factory, connection, recent ? "SELECT Area, Rent FROM RecentFlats" : "SELECT Area, Rent FROM Flats");

    public DatabaseSource Raw(string query) => new(factory, connection, query);

    public string Log(string city) => $"SELECT for {city}";
}
