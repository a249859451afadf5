using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Records;

public abstract record RowBase
{
    public const string Unit = "kg";
    public static int Made { get; set; }
    [LoadColumn(0)] public float Weight { get; init; }
}

public record Apple : RowBase
{
    [LoadColumn(1, 4), VectorType(2, 2)] public float[] Colour { get; init; }
    [LoadColumn(5), LoadColumnName("kind")] public string Kind { get; init; }
    [LoadColumn(6, 9), VectorType] public VBuffer<float> Notes { get; init; }
    internal string Comment { get; init; }
    private decimal Price { get; set; }
    public float this[int at] => Colour[at];
    public string Describe() => $"{Kind} {Comment} {Price}";
}

public sealed class Mixed
{
    public ReadOnlyMemory<char> Name { get; set; }
    public DateTimeOffset Seen { get; set; }
    public TimeSpan Took { get; set; }
    public DataViewRowId Id { get; set; }
    public string[] Tags { get; set; }
    public sbyte Small { get; set; }
    public ulong Large { get; set; }
    [NoColumn] public object Tag { get; set; }
    [NoColumn] public List<Mixed> Children { get; set; }
}

public static class Loading
{
    public static IDataView Apples(MLContext ml, string file) => ml.Data.LoadFromTextFile<Apple>(file, hasHeader: true);

    public static IDataView All(MLContext ml, IEnumerable<Mixed> rows) => ml.Data.LoadFromEnumerable(rows);

    public static IDataView Any<T>(MLContext ml, IEnumerable<T> rows)
        where T : class => ml.Data.LoadFromEnumerable(rows);

    public static IDataView AnyFile<T>(MLContext ml, string file)
        where T : class, new() => ml.Data.LoadFromTextFile<T>(file + ".csv", separatorChar: typeof(T) == typeof(Apple) ? ';' : ',');
}
