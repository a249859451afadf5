using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cells;

public sealed class Cell
{
    public float Length { get; set; }
    public float Width { get; set; }
    public int Count { get; set; }
    public DateTime Seen { get; set; }
    public bool Label { get; set; }
}

public sealed class View
{
    public decimal Price { get; set; }
    public string Shown { get; set; }
}

public sealed class CellReader(CultureInfo culture)
{
    private static readonly NumberFormatInfo Numbers = new() { NumberDecimalSeparator = "," };

    public IEnumerable<Cell> FromText(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            if (line.Split(';') is [var length, var width, var count, var seen, var label])
            {
                yield return new Cell
                {
                    Length = float.Parse(length, Numbers),
                    Width = Single(width),
                    Count = int.Parse(count),
                    Seen = DateTime.ParseExact(seen, "O", provider: null, DateTimeStyles.RoundtripKind),
                    Label = bool.Parse(label),
                };
            }
        }
    }

    public IEnumerable<Cell> FromReader(DbDataReader reader)
    {
        while (reader.Read())
        {
            yield return new Cell { Length = reader.GetFloat(0), Width = Convert.ToSingle(reader.GetValue(1), culture), Count = Convert.ToInt32(reader[2]) };
        }
    }

    public IDataView Load(MLContext ml, string file) => ml.Data.LoadFromEnumerable(FromText(File.OpenText(file)));

    // Typed by a person in front of this machine, and shown to that person.
    public View Ask() => new() { Price = decimal.Parse(Console.ReadLine() ?? "0"), Shown = $"{DateTime.Now:d}" };

    private float Single(string text) => float.TryParse(text, NumberStyles.Float, culture, out var value) ? value : float.NaN;
}
