using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ferries;

public sealed class Crossing
{
    public float Wind { get; set; }
    public float Wave { get; set; }
    public bool Cancelled { get; set; }

    [VectorType(3)]
    public float[] Lags { get; set; } = new float[3];

    [NoColumn]
    public DateOnly Day { get; set; }
}

public static class Crossings
{
    public static IDataView Load(MLContext ml, string path)
    {
        var lines = File.ReadLines(path).Skip(1).Select(line => line.Split(';')).ToList();
        var rows = new List<Crossing>();
        foreach (var cells in lines)
        {
            rows.Add(new Crossing
            {
                Day = DateOnly.ParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                Wind = float.Parse(cells[1], CultureInfo.InvariantCulture),
                Wave = float.TryParse(cells[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var wave) ? wave : float.NaN,
                Cancelled = cells[3] == "1",
            });
        }

        rows.Sort((one, other) => one.Day.CompareTo(other.Day));
        for (var at = 3; at < rows.Count; at++)
        {
            rows[at].Lags = [rows[at - 1].Wind, rows[at - 2].Wind, rows[at - 3].Wind];
        }

        return ml.Data.LoadFromEnumerable(rows.Skip(3));
    }
}
