using System.Text;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Tests.Data;

/// <summary>A project folder with data files, in a path with spaces, quotes and letters beyond ASCII.</summary>
public sealed class DataFolder : IProgressLog, IDisposable
{
    public DataFolder()
    {
        Root = Path.Combine(Path.GetTempPath(), "mlops data", $"größe 'ñ' {Path.GetRandomFileName()}");
        Directory.CreateDirectory(Root);
    }

    public string Root { get; }

    public List<string> Steps { get; } = [];

    public List<string> Warnings { get; } = [];

    public DataSettings Settings { get; init; } = new() { WorkDirectory = Path.GetTempPath() };

    public string At(string path) => Path.Combine(Root, path);

    public DataFolder WithText(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
        return this;
    }

    public DataFolder WithCsv(string path, params string[] lines) => WithText(path, string.Join('\n', lines) + "\n");

    /// <summary>Writes what a query answers, as Parquet or CSV by the file's name.</summary>
    public DataFolder WithQuery(string path, string sql)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        using var session = new DataSession(Settings, default);
        session.Run($"COPY ({sql}) TO {Sql.Text(At(path))} "
            + (path.EndsWith(".parquet", StringComparison.Ordinal) ? "(FORMAT parquet)" : "(FORMAT csv, HEADER)"));
        return this;
    }

    public DataFolder WithRows(string path, IEnumerable<FlightRow> rows)
    {
        var text = new StringBuilder("id,when,plane,origin,distance,late\n");
        foreach (var row in rows)
        {
            text.Append(FormattableString.Invariant(
                $"{row.Id},{row.When:yyyy-MM-dd HH:mm:ss},{row.Plane},{row.Origin},{row.Distance},{(row.Late ? 1 : 0)}\n"));
        }

        return path.EndsWith(".csv", StringComparison.Ordinal)
            ? WithText(path, text.ToString())
            : WithText(path + ".csv", text.ToString())
                .WithQuery(path, $"SELECT * FROM read_csv({Sql.File(At(path + ".csv"))}, types = {{'id': 'VARCHAR'}})")
                .Without(path + ".csv");
    }

    public DataFolder Without(string path)
    {
        File.Delete(At(path));
        return this;
    }

    public T Query<T>(string sql, Func<System.Data.Common.DbDataReader, T> read)
    {
        using var session = new DataSession(Settings, default);
        return session.Row(sql, read);
    }

    public List<string> Texts(string path, string column)
    {
        using var session = new DataSession(Settings, default);
        return [.. session.Rows(
            $"SELECT {Sql.Name(column)}::VARCHAR FROM {Sql.Text(path)}", row => row.IsDBNull(0) ? "" : row.GetString(0))];
    }

    public List<string> Columns(string path)
    {
        using var session = new DataSession(Settings, default);
        return [.. session.Rows($"DESCRIBE SELECT * FROM {Sql.Text(path)}", row => row.GetString(0))];
    }

    public Dataset Open(DataConfiguration data)
    {
        using var session = new DataSession(Settings, default);
        return DatasetReader.Open(session, Root, data);
    }

    public Problem Refusal(DataConfiguration data) => Assert.Throws<ProblemException>(() => ReadAll(data)).Problem;

    public void Step(string text) => Steps.Add(text);

    public void Detail(string text)
    {
    }

    public void Warn(string text) => Warnings.Add(text);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void ReadAll(DataConfiguration data)
    {
        using var session = new DataSession(Settings, default);
        DatasetReader.Open(session, Root, data);
        session.Run("CREATE TEMP TABLE everything AS SELECT * FROM data");
    }
}

/// <summary>A row of the tests.</summary>
public sealed record FlightRow(string Id, DateTime When, string Plane, string Origin, int Distance, bool Late);
