using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Columns that are cut by together: <c>sex&amp;race</c> has a slice for every pair of their values.</summary>
internal static class SliceColumns
{
    private const char Pair = '&';
    private const string NoValue = "(no value)";

    /// <summary>The names of the columns in a name. A column that really is called so counts first.</summary>
    public static string[] Parts(string name, Func<string, bool> isColumn)
        => isColumn(name) ? [name] : name.Split(Pair, StringSplitOptions.TrimEntries);

    /// <summary>The columns, and those that rules of the policy put together.</summary>
    public static IReadOnlyList<SliceColumn> Of(IReadOnlyList<SliceColumn> columns, GateConfiguration policy)
    {
        var byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var joined = policy.Rules
            .SelectMany(rule => rule.Slices.Concat(rule.By))
            .Distinct(StringComparer.Ordinal)
            .Where(name => !byName.ContainsKey(name))
            .Select(name => (Name: name, Parts: Parts(name, byName.ContainsKey)))
            .Where(pair => pair.Parts.All(byName.ContainsKey))
            .Select(pair => Join(pair.Name, [.. pair.Parts.Select(part => byName[part])]));
        return [.. columns, .. joined];
    }

    /// <summary>A slice for every combination of values that occurs, in the order of the values of the first column, then of the next.</summary>
    public static SliceColumn Join(string name, IReadOnlyList<SliceColumn> columns)
    {
        var rows = columns[0].Codes.Length;
        var keys = new long[rows];
        foreach (var column in columns)
        {
            for (var row = 0; row < rows; row++)
            {
                keys[row] = (keys[row] * column.Values.Count) + column.Codes[row];
            }
        }

        long[] occurring = [.. keys.Distinct().Order()];
        var places = occurring.Select((key, place) => (key, place)).ToDictionary(pair => pair.key, pair => pair.place);
        return new(
            name,
            columns.Any(column => column.Sensitive),
            [.. occurring.Select(key => Value(key, columns))],
            [.. keys.Select(key => places[key])]);
    }

    /// <summary>Null where none of the columns has a value.</summary>
    private static string? Value(long key, IReadOnlyList<SliceColumn> columns)
    {
        var values = new string?[columns.Count];
        for (var place = columns.Count - 1; place >= 0; place--)
        {
            values[place] = columns[place].Values[(int)(key % columns[place].Values.Count)];
            key /= columns[place].Values.Count;
        }

        return Array.TrueForAll(values, value => value is null) ? null : string.Join(Pair, values.Select(value => value ?? NoValue));
    }
}
