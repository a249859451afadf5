namespace MlOps.Build.Engine.Evaluating;

/// <summary>Which columns of a file are the scores of a model.</summary>
/// <param name="Names">One column, or one a class.</param>
/// <param name="Classes">With several columns, the class of each; else null.</param>
internal sealed record ScoreColumns(string[] Names, string[]? Classes)
{
    private static readonly string[] Usual = ["score", "probability", "prediction", "predicted", "y_score", "y_prob", "y_pred"];
    private static readonly string[] UsualPrefixes = ["score", "probability", "prob", "p"];

    /// <summary>Finds them: by the name a person gave, by the usual names, or because no other column is left.</summary>
    /// <param name="file">The file.</param>
    /// <param name="named">What a person named, or null.</param>
    /// <param name="taken">Columns that mean something else.</param>
    /// <param name="labels">The values of the label.</param>
    /// <param name="option">The option that names them.</param>
    public static ScoreColumns Find(TableFile file, string? named, IReadOnlySet<string> taken, IReadOnlySet<string> labels, string option)
    {
        if (named is not null)
        {
            return file.Has(named) ? new([named], null) : OfClasses(file, named, labels) ?? throw FilesProblems.NoScores(file, named, option);
        }

        string[] left = [.. file.Types.Keys.Where(column => !taken.Contains(column))];
        if (Usual.FirstOrDefault(name => left.Contains(name)) is { } usual)
        {
            return new([usual], null);
        }

        foreach (var prefix in UsualPrefixes)
        {
            if (OfClasses(file, prefix, labels) is { } found)
            {
                return found;
            }
        }

        return left.Length == 1 ? new([left[0]], null)
            : labels.Count > 2 && labels.All(left.Contains) ? Of([.. labels.Order(StringComparer.Ordinal).Select(name => (name, name))])
            : throw FilesProblems.NoScores(file, null, option);
    }

    /// <summary>Columns called prefix_class, where every label has one.</summary>
    private static ScoreColumns? OfClasses(TableFile file, string prefix, IReadOnlySet<string> labels)
    {
        (string Column, string Class)[] found =
        [
            .. file.Types.Keys
                .Where(column => column.StartsWith(prefix + "_", StringComparison.Ordinal))
                .Select(column => (column, column[(prefix.Length + 1)..]))
                .OrderBy(pair => pair.Item2, StringComparer.Ordinal),
        ];
        return found.Length > 1 && labels.All(label => found.Any(pair => pair.Class == label)) ? Of(found) : null;
    }

    private static ScoreColumns Of((string Column, string Class)[] pairs)
        => new([.. pairs.Select(pair => pair.Column)], [.. pairs.Select(pair => pair.Class)]);
}
