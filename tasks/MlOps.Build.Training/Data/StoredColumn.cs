using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlOps.Build.Training;

/// <summary>A column in memory: one value a row.</summary>
internal abstract class StoredColumn(string name, DataViewType? type)
{
    public string Name { get; } = name;

    /// <summary>Its type for ML.NET; null if only row objects hold it.</summary>
    public DataViewType? Type { get; } = type;

    /// <summary>The getter ML.NET wants: a <see cref="ValueGetter{TValue}"/> of the column's type.</summary>
    public abstract Delegate Getter(RowPosition position);

    /// <summary>The values: an array, or the column itself if it is text.</summary>
    public abstract object Values { get; }
}

/// <summary>The row a cursor stands on.</summary>
internal sealed class RowPosition
{
    public int Row { get; set; } = -1;
}

/// <summary>A column of plain values.</summary>
internal sealed class ValueColumn<T>(string name, DataViewType? type, T[] values) : StoredColumn(name, type)
{
    public override object Values { get; } = values;

    public override Delegate Getter(RowPosition position)
        => (ValueGetter<T>)((ref T value) => value = values[position.Row]);
}

/// <summary>A column of texts: a number a row and the distinct texts.</summary>
internal sealed class TextColumn(string name, int[] codes, IReadOnlyList<string> texts) : StoredColumn(name, TextDataViewType.Instance)
{
    private readonly ReadOnlyMemory<char>[] _texts = [.. texts.Select(text => text.AsMemory())];

    /// <summary>The distinct texts.</summary>
    public IReadOnlyList<string> Texts => texts;

    /// <summary>The text of a row; null if it is missing.</summary>
    public string? At(int row) => codes[row] < 0 ? null : texts[codes[row]];

    /// <summary>The text of a row; empty if it is missing.</summary>
    public string TextAt(int row) => At(row) ?? string.Empty;

    /// <summary>A column of the given texts, each distinct one kept once.</summary>
    public static TextColumn Of(string name, IReadOnlyList<string?> values)
    {
        var codeOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var texts = new List<string>();
        var codes = new int[values.Count];
        for (var row = 0; row < codes.Length; row++)
        {
            if (values[row] is not { } text)
            {
                codes[row] = -1;
                continue;
            }

            if (!codeOf.TryGetValue(text, out codes[row]))
            {
                codes[row] = texts.Count;
                codeOf.Add(text, texts.Count);
                texts.Add(text);
            }
        }

        return new TextColumn(name, codes, texts);
    }

    public override object Values => this;

    public override Delegate Getter(RowPosition position)
        => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) =>
        {
            var code = codes[position.Row];
            value = code < 0 ? default : _texts[code];
        });
}
