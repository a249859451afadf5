using System.Globalization;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Reads plain files of predictions into rows that both models share.</summary>
internal sealed class FilesReader(TableSession session, FilesRequest request)
{
    private const string DefaultRowId = "row_id";

    /// <summary>More distinct values than this are an id, not slices.</summary>
    private const int MostValues = 1000;

    public FilesRows Read()
    {
        var challenger = session.Open(Full(request.Predictions), "predictions");
        var baseline = request.Baseline is null ? null : SameFile(request.Baseline) ? challenger : session.Open(Full(request.Baseline), "predictions");
        var labelled = request.Labels is null ? null : session.Open(Full(request.Labels), "labels");
        TableFile[] files = [.. new[] { labelled, challenger, baseline }.OfType<TableFile>().Distinct()];
        var frame = files.FirstOrDefault(file => file.Has(request.Label)) ?? throw FilesProblems.NoLabel(request.Label, files.SelectMany(file => file.Types.Keys).Distinct());
        var rowId = RowId(files);
        var taken = Taken(rowId, files);
        if (request.Bands.Keys.FirstOrDefault(column => !request.Slices.Concat(request.Groups).SelectMany(name => Parts(name, files)).Contains(column)) is { } unused)
        {
            throw FilesProblems.UnusedBands(unused);
        }

        var labels = session.Rows($"SELECT DISTINCT {frame.Class(request.Label)} FROM {frame.Scan} WHERE {Data.Sql.Name(request.Label)} IS NOT NULL", row => row.GetString(0)).ToHashSet(StringComparer.Ordinal);
        if ((request.Score == request.Label) || (baseline is not null && request.BaselineScore == request.Label))
        {
            throw FilesProblems.LabelAsScores(request.Label);
        }

        var scores = ScoreColumns.Find(challenger, request.Score, taken, labels, "--score");
        var baselineScores = baseline is null ? null : ScoreColumns.Find(baseline, request.BaselineScore ?? request.Score, taken, labels, "--baseline-score");
        if (ReferenceEquals(baseline, challenger) && baselineScores!.Names.SequenceEqual(scores.Names))
        {
            throw FilesProblems.SameScores(scores.Names[0]);
        }

        var tables = files.ToDictionary(file => file, file => Load(file, rowId, file == challenger ? scores : null, file == baseline ? baselineScores : null));
        var matches = tables.ToDictionary(pair => pair.Key, pair => Match(tables[frame], pair.Value, rowId));
        string?[] Text(string column, string option)
        {
            var file = files.FirstOrDefault(file => file.Has(column)) ?? throw FilesProblems.NoColumn(column, option, files.SelectMany(file => file.Types.Keys).Distinct());
            return Columns.Select(tables[file].Text(column), matches[file]);
        }

        return new()
        {
            RowId = rowId,
            Label = tables[frame].Text(request.Label),
            Ids = rowId is null ? null : tables[frame].Text(rowId),
            Slices = [.. request.Slices.Distinct().Select(name => Column(name, "--slices", files, column => Text(column, "--slices")))],
            Groups = [.. request.Groups.Distinct().Select(name => Column(name, "--groups", files, column => Text(column, "--groups")))],
            Blocks = request.Blocks is null ? null : Text(request.Blocks, "--blocks"),
            Challenger = Side(challenger, scores, tables, matches),
            Baseline = baseline is null ? null : Side(baseline, baselineScores!, tables, matches),
        };
    }

    private bool SameFile(string other) => Full(other) == Full(request.Predictions);

    private string Full(string path) => Path.GetFullPath(path, request.Folder);

    private string? RowId(TableFile[] files)
    {
        if (request.RowId is { } named)
        {
            return files.All(file => file.Has(named))
                ? named
                : throw FilesProblems.NoColumn(named, "--row-id", files.First(file => !file.Has(named)).Types.Keys);
        }

        return files.All(file => file.Has(DefaultRowId)) ? DefaultRowId : null;
    }

    private HashSet<string> Taken(string? rowId, TableFile[] files)
        => new[] { request.Label, rowId, request.Blocks }.OfType<string>()
            .Concat(request.Slices.Concat(request.Groups).SelectMany(name => Parts(name, files)))
            .ToHashSet(StringComparer.Ordinal);

    private static string[] Parts(string name, TableFile[] files) => SliceColumns.Parts(name, part => Array.Exists(files, file => file.Has(part)));

    private FileTable Load(TableFile file, string? rowId, ScoreColumns? first, ScoreColumns? second)
    {
        var cuts = request.Slices.Concat(request.Groups).SelectMany(name => Parts(name, [file]));
        string[] scores = [.. (first?.Names ?? []).Concat(second?.Names ?? []).Distinct()];
        string[] texts = [.. new[] { request.Label, rowId, request.Blocks }.OfType<string>().Concat(cuts).Concat(scores.Where(score => NamesClasses(file, score))).Where(file.Has).Distinct()];
        return FileTable.Read(session, file, texts, scores);
    }

    private bool NamesClasses(TableFile file, string score)
        => request.Task == Contracts.ModelTask.MulticlassClassification
            || session.Rows($"SELECT count(*) FROM {file.Scan} WHERE {Data.Sql.Name(score)} IS NOT NULL AND {TableFile.Number(score)} IS NULL", row => row.GetInt64(0))[0] > 0;

    private int[] Match(FileTable frame, FileTable other, string? rowId)
        => ReferenceEquals(frame, other) && rowId is null ? [.. Enumerable.Range(0, frame.Rows)]
            : rowId is null ? RowMatch.ByPlace(frame, other, request.Label)
            : RowMatch.ByIds(frame.File.Path, frame.Text(rowId), other.File.Path, other.Text(rowId));

    private SliceColumn Column(string name, string option, TableFile[] files, Func<string, string?[]> text)
    {
        var sensitive = option == "--groups";
        SliceColumn[] columns = [.. Parts(name, files).Select(part => request.Bands.TryGetValue(part, out var bands)
            ? Bands.Cut(part, sensitive, ReadingProblems.Numbers(part, text(part), row => $"{row + 1}"), bands)
            : SliceColumn.From(part, sensitive, text(part)))];
        var column = columns is [var only] ? only : SliceColumns.Join(name, columns);
        return column.Values.Count <= MostValues
            ? column
            : throw FilesProblems.TooManyValues(name, option, column.Values.Count, MostValues);
    }

    private static FilesSide Side(TableFile file, ScoreColumns columns, Dictionary<TableFile, FileTable> tables, Dictionary<TableFile, int[]> matches)
        => new(
            file.Path,
            columns,
            [.. columns.Names.Select(name => Columns.Select(tables[file].Numbers(name), matches[file]))],
            columns.Classes is null && tables[file].HasText(columns.Names[0]) ? Columns.Select(tables[file].Text(columns.Names[0]), matches[file]) : null);
}

/// <summary>What was read, in the order of the file with the labels.</summary>
internal sealed record FilesRows
{
    public required string? RowId { get; init; }

    public required string?[] Label { get; init; }

    public required string?[]? Ids { get; init; }

    public required IReadOnlyList<SliceColumn> Slices { get; init; }

    public required IReadOnlyList<SliceColumn> Groups { get; init; }

    public required string?[]? Blocks { get; init; }

    public required FilesSide Challenger { get; init; }

    public required FilesSide? Baseline { get; init; }

    /// <summary>How a message names a row.</summary>
    public string Row(int place) => Ids?[place] is { } id ? $"'{id}'" : (place + 1).ToString(CultureInfo.InvariantCulture);
}

/// <summary>One model's columns as numbers, NaN where a field is none, and the names of predicted classes where a single column holds them.</summary>
internal sealed record FilesSide(string Path, ScoreColumns Columns, double[][] Numbers, string?[]? Names);
