namespace MlOps.Build.Benchmarks.Serving;

/// <summary>A row as wide as that of a real flight model: 17 numbers, 4 texts, and the label for training.</summary>
internal class Trip
{
    public float Month { get; set; }

    public float Day { get; set; }

    public float Minute { get; set; }

    public float Distance { get; set; }

    public float Temperature { get; set; }

    public float Humidity { get; set; }

    public float WindSpeed { get; set; }

    public float WindDirection { get; set; }

    public float WindGust { get; set; }

    public float Precipitation { get; set; }

    public float Pressure { get; set; }

    public float Visibility { get; set; }

    public float Seats { get; set; }

    public float Engines { get; set; }

    public float BuiltIn { get; set; }

    public float DewPoint { get; set; }

    public float Weekday { get; set; }

    public string Carrier { get; set; } = string.Empty;

    public string Origin { get; set; } = string.Empty;

    public string Destination { get; set; } = string.Empty;

    public string Engine { get; set; } = string.Empty;

    /// <summary>The row of a number: the same number, the same row.</summary>
    public static T Of<T>(int i)
        where T : Trip, new()
        => new()
        {
            Month = 1 + (i % 12),
            Day = 1 + (i * 7 % 28),
            Minute = i * 37 % 1440,
            Distance = 200 + (i * 7919 % 2400),
            Temperature = 20 + (i * 13 % 70),
            Humidity = 30 + (i * 17 % 70),
            WindSpeed = i * 19 % 40,
            WindDirection = i * 23 % 360,
            WindGust = i * 29 % 60,
            Precipitation = i % 9 == 0 ? 0.2f : 0,
            Pressure = 990 + (i * 31 % 40),
            Visibility = i % 7 == 0 ? 2 : 10,
            Seats = 50 + (i * 41 % 250),
            Engines = 1 + (i % 2),
            BuiltIn = 1980 + (i * 43 % 33),
            DewPoint = 10 + (i * 47 % 50),
            Weekday = i % 7,
            Carrier = $"C{i % 16}",
            Origin = $"O{i % 3}",
            Destination = $"D{i * 53 % 104}",
            Engine = $"E{i % 4}",
        };
}

/// <summary>A trip with its answer.</summary>
internal sealed class TaughtTrip : Trip
{
    public bool Label { get; set; }
}
