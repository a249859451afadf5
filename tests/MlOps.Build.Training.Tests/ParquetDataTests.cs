using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Build.Annotations;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training.Tests;

public sealed class ParquetDataTests : IDisposable
{
    private readonly TrainerFixture _folder = new();

    [Fact]
    public void Every_type_arrives_as_it_is_in_the_file()
    {
        var path = _folder.Data(
            "all.parquet",
            """
            SELECT 1.5::FLOAT AS f, 2.25::DOUBLE AS d, 3::INTEGER AS i, 4::BIGINT AS l, true AS b, 'Zürich' AS t,
                   DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 13:45:00' AS at, 7.5::DECIMAL(9, 2) AS c, 9::UTINYINT AS u
            """);

        var view = ParquetData.Load(path, [
            new("f", typeof(float)), new("d", typeof(double)), new("i", typeof(int)), new("l", typeof(long)),
            new("b", typeof(bool)), new("t", typeof(string)), new("day", typeof(DateTime)), new("at", typeof(DateTime)),
            new("c", typeof(double)), new("u", typeof(float)) { As = "Small" },
        ], Token);

        Assert.Equal(1.5f, Only<float>(view, "f"));
        Assert.Equal(2.25, Only<double>(view, "d"));
        Assert.Equal(3, Only<int>(view, "i"));
        Assert.Equal(4L, Only<long>(view, "l"));
        Assert.True(Only<bool>(view, "b"));
        Assert.Equal("Zürich", Only<ReadOnlyMemory<char>>(view, "t").ToString());
        Assert.Equal(new DateTime(2024, 2, 29), Only<DateTime>(view, "day"));
        Assert.Equal(new DateTime(2024, 2, 29, 13, 45, 0), Only<DateTime>(view, "at"));
        Assert.Equal(7.5, Only<double>(view, "c"));
        Assert.Equal(9f, Only<float>(view, "Small"));
    }

    [Fact]
    public void Rows_come_in_the_order_of_the_file_over_many_row_groups()
    {
        var path = _folder.Data("many.parquet", "SELECT i::FLOAT AS x FROM range(300000) t(i) ORDER BY i");

        var view = ParquetData.Load(path, [new("x", typeof(float))], Token);

        Assert.Equal(300_000, view.GetRowCount());
        Assert.Equal(Enumerable.Range(0, 300_000).Select(i => (float)i), view.GetColumn<float>("x"));
    }

    [Fact]
    public void A_missing_number_is_NaN_and_a_missing_text_is_empty()
    {
        var path = _folder.Data("holes.parquet", "SELECT NULL::DOUBLE AS x, NULL::INTEGER AS i, NULL::VARCHAR AS t");

        var view = ParquetData.Load(path, [new("x", typeof(double)), new("i", typeof(float)), new("t", typeof(string))], Token);

        Assert.True(double.IsNaN(Only<double>(view, "x")));
        Assert.True(float.IsNaN(Only<float>(view, "i")));
        Assert.True(Only<ReadOnlyMemory<char>>(view, "t").IsEmpty);
    }

    [Theory]
    [InlineData("NULL::INTEGER", typeof(int), "MLO2227")]
    [InlineData("NULL::BOOLEAN", typeof(bool), "MLO2227")]
    [InlineData("NULL::TIMESTAMP", typeof(DateTime), "MLO2227")]
    [InlineData("1.5::DOUBLE", typeof(int), "MLO2226")]
    [InlineData("'12'", typeof(float), "MLO2226")]
    [InlineData("DATE '2024-01-01'", typeof(string), "MLO2226")]
    [InlineData("1", typeof(bool), "MLO2226")]
    [InlineData("[1, 2]", typeof(float), "MLO2226")]
    [InlineData("3000000000::BIGINT", typeof(int), "MLO2228")]
    [InlineData("1e300::DOUBLE", typeof(float), "MLO2228")]
    [InlineData("1", typeof(decimal), "MLO2225")]
    [InlineData("1", typeof(float?), "MLO2225")]
    public void Nothing_is_read_that_would_lose_or_invent_a_value(string value, Type type, string code)
    {
        var path = _folder.Data("x.parquet", $"SELECT {value} AS x");

        var refused = Assert.Throws<ProblemException>(() => ParquetData.Load(path, [new("x", type)], Token));

        Assert.Equal(code, refused.Problem.Code);
    }

    [Fact]
    public void A_column_that_is_not_there_is_refused_with_those_that_are()
    {
        var path = _folder.Data("x.parquet", "SELECT 1 AS x, 2 AS y");

        var refused = Assert.Throws<ProblemException>(() => ParquetData.Load(path, [new("z", typeof(float))], Token));

        Assert.Equal(("MLO2223", "It has x, y."), (refused.Problem.Code, refused.Problem.Why));
    }

    [Fact]
    public void Names_with_quotes_and_paths_with_apostrophes_are_only_names()
    {
        Directory.CreateDirectory(_folder["it's"]);
        var path = Path.Combine(_folder["it's"], "x.parquet");
        ParquetTable.Write(path.Replace("'", "''", StringComparison.Ordinal), "SELECT 5 AS \"a \"\"b\"\" c\", 6 AS \"month\"");

        var view = ParquetData.Load(path, [new("a \"b\" c", typeof(float)), new("month", typeof(float))], Token);

        Assert.Equal(5f, Only<float>(view, "a \"b\" c"));
        Assert.Equal(6f, Only<float>(view, "month"));
    }

    [Fact]
    public void A_row_class_finds_its_columns_by_name_without_case_and_separators()
    {
        var path = _folder.Data("row.parquet", "SELECT 1.0 AS dep_time, 2.0 AS \"AIR-TIME\", 'x' AS odd, 'y' AS Carrier");

        var view = ParquetData.Load<Named>(path, Token);

        Assert.Equal(["DepTime", "air", "Odd", "Carrier"], view.Schema.Select(column => column.Name));
        Assert.Equal(2f, Only<float>(view, "air"));
        Assert.Equal("x", Only<ReadOnlyMemory<char>>(view, "Odd").ToString());
    }

    [Fact]
    public void Two_columns_that_would_fit_a_member_are_refused()
    {
        var path = _folder.Data("row.parquet", "SELECT 1.0 AS dep_time, 2.0 AS \"dep-time\", 1.0 AS \"AIR-TIME\", 'x' AS odd, 'y' AS Carrier");

        var refused = Assert.Throws<ProblemException>(() => ParquetData.Load<Named>(path, Token));

        Assert.Equal("Several would fit: dep_time, dep-time.", refused.Problem.Why);
    }

    [Fact]
    public void Get_only_members_are_computed_from_the_row_for_each_row()
    {
        var path = _folder.Data(
            "people.parquet",
            """
            SELECT * FROM (VALUES (DATE '1990-05-01', 'ana', 'x', 3), (NULL, NULL, NULL, NULL)) t(born, name, nick, visits)
            """);

        var view = ParquetData.Load<Person>(path, Token);

        Assert.Equal([1990f, float.NaN], view.GetColumn<float>("Year"));
        Assert.Equal([3, 0], view.GetColumn<int>("Length"));
        Assert.Equal(["ana/x", "/none"], view.GetColumn<string>("Both"));
        Assert.Equal([true, false], view.GetColumn<bool>("Returns"));
        Assert.DoesNotContain(view.Schema, column => column.Name is "Born" or "Visits" or "Religion" or "Answer");
    }

    [Fact]
    public void A_sensitive_member_with_a_justification_is_loaded()
    {
        var path = _folder.Data("x.parquet", "SELECT 61.0 AS age");

        Assert.Equal(61f, Only<float>(ParquetData.Load<Patient>(path, Token), "Age"));
    }

    [Fact]
    public void An_empty_file_gives_an_empty_view()
    {
        var path = _folder.Data("x.parquet", "SELECT 1.0 AS age WHERE false");

        Assert.Equal(0, ParquetData.Load<Patient>(path, Token).GetRowCount());
    }

    [Fact]
    public void A_cursor_gives_only_the_columns_and_types_that_were_asked_for()
    {
        var view = ParquetData.Load(_folder.Data("x.parquet", "SELECT 1 AS a, 2 AS b"), [new("a", typeof(float)), new("b", typeof(float))], Token);
        using var cursor = view.GetRowCursor([view.Schema["a"]]);

        Assert.False(cursor.IsColumnActive(view.Schema["b"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(view.Schema["b"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<int>(view.Schema["a"]));
        Assert.Equal((-1, true, 0, false, -1), (cursor.Position, cursor.MoveNext(), cursor.Position, cursor.MoveNext(), cursor.Position));
    }

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static T Only<T>(IDataView view, string name)
    {
        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<T>(view.Schema[name]);
        Assert.True(cursor.MoveNext());
        var value = default(T)!;
        getter(ref value);
        return value;
    }

    private sealed class Named
    {
        public float DepTime { get; set; }

        [ColumnName("air"), DataColumn("AIR-TIME")]
        public float AirTime { get; set; }

        public string Odd { get; set; } = string.Empty;

        public string? Carrier { get; set; }
    }

    private sealed class Person
    {
        [NoColumn]
        public DateOnly? Born { get; set; }

        [NoColumn]
        public int? Visits { get; set; }

        public string Name { get; set; } = string.Empty;

        public string? Nick { get; set; }

        [Sensitive]
        public string? Religion { get; set; }

        [Target]
        public bool Answer { get; set; }

        public float Year => Born?.Year ?? float.NaN;

        public int Length => Name.Length;

        public string Both => $"{Name}/{Nick ?? "none"}";

        public bool Returns => Visits > 1;
    }

    private sealed class Patient
    {
        [Sensitive(Justification = "The dose depends on it.")]
        public float Age { get; set; }
    }
}
