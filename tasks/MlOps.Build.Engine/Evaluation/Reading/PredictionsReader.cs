using MlOps.Build.Contracts;
using MlOps.Build.Engine.Data;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Reads predictions into columns in the order of the labels; rows must match exactly.</summary>
internal sealed class PredictionsReader(TableSession session, ModelTask task, string[] ids)
{
    public const string RowId = "row_id";
    private const string Score = "score";
    private const string Prediction = "prediction";
    private const string ClassPrefix = "score_";
    private const string What = "predictions";

    /// <summary>The classes a file knows: those it has scores for, or those it names.</summary>
    public IEnumerable<string> Classes(string path)
    {
        var file = session.Open(path, What);
        string[] scored = [.. ScoredClasses(file)];
        return scored.Length > 0 || !file.Has(Prediction)
            ? scored
            : session.Rows(
                $"SELECT DISTINCT {file.Class(Prediction)} AS name FROM {file.Scan} WHERE {Sql.Name(Prediction)} IS NOT NULL",
                row => row.GetString(0));
    }

    /// <summary>The predictions of a file.</summary>
    /// <exception cref="ProblemException">MLO2306 to MLO2308.</exception>
    public Predictions Read(string path, IReadOnlyList<string> classes)
    {
        var file = session.Open(path, What);
        Need(file, RowId, "Let the scorer write `row_id` as it was in its input.");
        if (task == ModelTask.MulticlassClassification)
        {
            return ScoredClasses(file).Any() ? ReadScores(file, classes) : ReadClasses(file, classes);
        }

        var column = task == ModelTask.Regression && !file.Has(Score) ? Prediction : Score;
        Need(file, column, task == ModelTask.Regression
            ? "Let the scorer write `row_id` and `score`, the predicted value."
            : "Let the scorer write `row_id` and `score`, the probability of the positive class.");
        return new(ReadNumbers(file, [column]));
    }

    private static IEnumerable<string> ScoredClasses(TableFile file)
        => file.Types.Keys
            .Where(name => name.StartsWith(ClassPrefix, StringComparison.Ordinal))
            .Select(name => name[ClassPrefix.Length..]);

    private static void Need(TableFile file, string column, string fix)
    {
        if (!file.Has(column))
        {
            throw ReadingProblems.NoColumn(What, file, column, fix);
        }
    }

    /// <summary>A class that the model has never seen has probability 0.</summary>
    private Predictions ReadScores(TableFile file, IReadOnlyList<string> classes)
    {
        string[] known = [.. classes.Where(name => file.Has(ClassPrefix + name))];
        var read = ReadNumbers(file, [.. known.Select(name => ClassPrefix + name)]);
        return new([.. classes.Select(name => Array.IndexOf(known, name) is var place and >= 0 ? read[place] : new double[ids.Length])]);
    }

    private Predictions ReadClasses(TableFile file, IReadOnlyList<string> classes)
    {
        Need(file, Prediction, "Let the scorer write `row_id` and `score_<class>` or `prediction`.");
        var places = classes.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place);
        var predicted = new int[ids.Length];
        Join(file, [file.Class(Prediction)], (row, ord) => predicted[ord] = row.IsDBNull(1) ? -1 : places[row.GetString(1)]);
        string[] missing = [.. ids.Where((_, row) => predicted[row] < 0)];
        return missing.Length == 0 ? new([], predicted) : throw ReadingProblems.NoClass(file.Path, missing);
    }

    private double[][] ReadNumbers(TableFile file, string[] columns)
    {
        double[][] values = [.. columns.Select(_ => new double[ids.Length])];
        Join(file, [.. columns.Select(TableFile.Number)], (row, ord) =>
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i][ord] = row.IsDBNull(i + 1) ? double.NaN : row.GetDouble(i + 1);
            }
        });
        var probability = task != ModelTask.Regression;
        foreach (var (column, name) in values.Zip(columns))
        {
            var bad = ids.Where((_, row) => !(Math.Abs(column[row]) <= ReadingProblems.Largest) || (probability && column[row] is < 0 or > 1)).ToList();
            if (bad.Count > 0)
            {
                throw ReadingProblems.BadValues(file.Path, name, bad, probability);
            }
        }

        return values;
    }

    /// <summary>Visits each prediction with the place of its row; explains what does not match.</summary>
    private void Join(TableFile file, string[] columns, Action<System.Data.Common.DbDataReader, int> visit)
    {
        var values = columns.Select((column, i) => (Sql: column, Name: $"v{Sql.Number(i)}")).ToArray();
        session.Load(
            file,
            What,
            $"""
            CREATE OR REPLACE TEMP TABLE predicted AS
            SELECT {TableFile.Text(RowId)} AS id, {string.Join(", ", values.Select(value => $"{value.Sql} AS {value.Name}"))} FROM {file.Scan}
            """);
        var rows = session.Rows("SELECT count(*) FROM predicted", row => row.GetInt64(0))[0];
        var seen = new bool[ids.Length];
        var matched = 0;
        var repeated = false;
        session.Each(
            $"SELECT ord, {string.Join(", ", values.Select(value => value.Name))} FROM predicted JOIN {LabelsReader.Table} USING (id)",
            row =>
            {
                var ord = row.GetInt32(0);
                repeated |= seen[ord];
                seen[ord] = true;
                matched++;
                visit(row, ord);
            });
        if (repeated || matched != ids.Length || rows != matched)
        {
            throw ReadingProblems.OtherRows(file.Path, Mismatch(seen));
        }
    }

    private string Mismatch(bool[] seen)
    {
        var reasons = new List<string>();
        Add("missing", [.. ids.Where((_, row) => !seen[row])]);
        Add("not in the holdout", Ids($"SELECT coalesce(id, '') FROM predicted ANTI JOIN {LabelsReader.Table} USING (id) ORDER BY 1"));
        Add("repeated", Ids("SELECT id FROM predicted WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1 ORDER BY 1"));
        return string.Join(" ", reasons);

        void Add(string what, IReadOnlyList<string> found)
        {
            if (found.Count > 0)
            {
                reasons.Add($"{ReadingProblems.Rows(found.Count)} {(found.Count == 1 ? "is" : "are")} {what}: {ReadingProblems.Some(found)}.");
            }
        }
    }

    private List<string> Ids(string sql) => session.Rows(sql, row => row.GetString(0));
}
