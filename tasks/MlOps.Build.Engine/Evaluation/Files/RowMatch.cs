namespace MlOps.Build.Engine.Evaluating;

/// <summary>Where each row of one file is in another.</summary>
internal static class RowMatch
{
    /// <summary>By an id that both files have.</summary>
    public static int[] ByIds(string path, string?[] ids, string otherPath, string?[] other)
    {
        var places = new Dictionary<string, int>(other.Length, StringComparer.Ordinal);
        for (var row = 0; row < other.Length; row++)
        {
            if (other[row] is not { } id)
            {
                throw FilesProblems.OtherRows(otherPath, $"Row {row + 1} has no id.");
            }

            if (!places.TryAdd(id, row))
            {
                throw FilesProblems.OtherRows(otherPath, $"The id '{id}' comes twice.");
            }
        }

        var found = new int[ids.Length];
        var missing = new List<string>();
        for (var row = 0; row < ids.Length; row++)
        {
            if (ids[row] is not { } id)
            {
                throw FilesProblems.OtherRows(path, $"Row {row + 1} has no id.");
            }

            if (!places.Remove(id, out found[row]))
            {
                missing.Add(id);
            }
        }

        return (missing.Count, places.Count) switch
        {
            (0, 0) => found,
            ( > 0, _) => throw FilesProblems.OtherRows(otherPath, $"{ReadingProblems.Rows(missing.Count)} of '{path}' {(missing.Count == 1 ? "is" : "are")} missing or repeated: {ReadingProblems.Some(missing)}."),
            _ => throw FilesProblems.OtherRows(otherPath, $"{ReadingProblems.Rows(places.Count)} {(places.Count == 1 ? "is" : "are")} not in '{path}': {ReadingProblems.Some([.. places.Keys])}."),
        };
    }

    /// <summary>By place, which holds only where both files have as many rows and, where both have them, the same labels.</summary>
    public static int[] ByPlace(FileTable frame, FileTable other, string label)
    {
        if (frame.Rows != other.Rows)
        {
            throw FilesProblems.OtherRows(other.File.Path, $"It has {ReadingProblems.Rows(other.Rows)}, '{frame.File.Path}' has {ReadingProblems.Rows(frame.Rows)}.");
        }

        if (frame.HasText(label) && other.HasText(label))
        {
            var (first, second) = (frame.Text(label), other.Text(label));
            for (var row = 0; row < first.Length; row++)
            {
                if (first[row] != second[row])
                {
                    throw FilesProblems.OtherRows(other.File.Path, $"Rows are matched by their place, and the label '{label}' of row {row + 1} differs.");
                }
            }
        }

        return [.. Enumerable.Range(0, frame.Rows)];
    }
}
