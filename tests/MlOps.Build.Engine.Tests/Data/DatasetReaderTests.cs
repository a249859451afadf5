using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;

namespace MlOps.Build.Engine.Tests.Data;

public sealed class DatasetReaderTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("data/a b.csv")]
    [InlineData("data/*.csv")]
    [InlineData("data")]
    [InlineData("**/?.csv", 1)]
    [InlineData("./data/../data/*")]
    public void A_file_a_pattern_and_a_folder_name_the_same_rows(string source, int expected = 2)
    {
        folder.WithCsv("data/a b.csv", "x,y", "1,2", "3,4").WithCsv("data/deep/c.csv", "x,y", "5,6");

        var dataset = folder.Open(Data(source));

        Assert.Equal(expected, dataset.Rows);
        Assert.Equal(["x", "y"], dataset.Columns.Select(column => column.Name));
        Assert.Equal("BIGINT", dataset["x"].Type);
    }

    [Fact]
    public void Letters_that_DuckDB_would_take_for_a_pattern_or_a_quote_name_files()
    {
        folder.WithCsv("it's [1] é.csv", "x,y", "1,2").WithCsv("it's 1 é.csv", "x,y", "1,2", "3,4");

        var dataset = folder.Open(Data("it's [1] é.csv"));

        Assert.Equal(1, dataset.Rows);
    }

    [Fact]
    public void A_column_may_have_any_name()
    {
        folder.WithCsv("a.csv", "\"say \"\"hi\"\"; DROP\",select,größe,y", "1,2,3,4");

        var dataset = folder.Open(Data("a.csv"));

        Assert.Equal(["say \"hi\"; DROP", "select", "größe", "y"], dataset.Columns.Select(column => column.Name));
    }

    [Fact]
    public void A_gzipped_csv_with_semicolons_and_a_byte_order_mark_is_read()
    {
        using (var gzip = new System.IO.Compression.GZipStream(
            File.Create(folder.At("a.csv.gz")), System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write("\uFEFFx;y\n1;\"a,b\"\n"u8);
        }

        var dataset = folder.Open(Data("a.csv.gz"));

        Assert.Equal(["x", "y"], dataset.Columns.Select(column => column.Name));
        Assert.Equal(1, dataset.Rows);
    }

    [Fact]
    public void An_id_keeps_its_leading_zeros()
    {
        folder.WithCsv("a.csv", "x,y", "007,2");

        var dataset = folder.Open(Data("a.csv") with { Id = ["x"] });

        Assert.Equal("VARCHAR", dataset["x"].Type);
    }

    [Fact]
    public void A_declared_type_is_not_guessed()
    {
        folder.WithCsv("a.csv", "x,y", "1,2");
        var expect = new Dictionary<string, ColumnExpectation> { ["x"] = new() { Type = "float" } };

        var dataset = folder.Open(Data("a.csv") with { Expect = expect });

        Assert.Equal("DOUBLE", dataset["x"].Type);
    }

    [Fact]
    public void Files_may_order_their_columns_differently()
    {
        folder.WithCsv("a.csv", "x,y", "1,2").WithCsv("b.csv", "y,x", "4,3");

        var dataset = folder.Open(Data("*.csv"));

        Assert.Equal(2, dataset.Rows);
    }

    [Theory]
    [InlineData("nothing.csv")]
    [InlineData("no/such/folder/*.parquet")]
    public void No_file_is_a_problem_that_names_the_setting(string source)
    {
        var problem = folder.Refusal(Data(source));

        Assert.Equal("MLO2101", problem.Code);
        Assert.Equal(ExitCode.Unavailable, problem.Exit);
        Assert.Contains(source, problem.What, StringComparison.Ordinal);
        Assert.Contains("data.source", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_named()
    {
        folder.WithText("a.csv", "").WithCsv("b.csv", "x,y", "1,2");

        var problem = folder.Refusal(Data("*.csv"));

        Assert.Equal("MLO2102", problem.Code);
        Assert.Contains("a.csv", problem.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x,y")]
    [InlineData("x,y\n")]
    public void A_header_alone_is_no_data(string text)
    {
        var problem = folder.WithText("a.csv", text).Refusal(Data("a.csv"));

        Assert.Equal("MLO2102", problem.Code);
        Assert.Contains("no rows", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parquet_file_without_rows_is_no_data()
        => Assert.Equal("MLO2102", folder.WithQuery("a.parquet", "SELECT 1 x, 2 y LIMIT 0").Refusal(Data("a.parquet")).Code);

    [Fact]
    public void Csv_and_parquet_are_not_mixed()
    {
        folder.WithCsv("a.csv", "x,y", "1,2").WithQuery("b.parquet", "SELECT 1 x, 2 y");

        var problem = folder.Refusal(Data("*"));

        Assert.Equal("MLO2103", problem.Code);
        Assert.Contains("'a.csv' and 'b.parquet'", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_is_not_a_file()
        => Assert.Equal("MLO2103", folder.Refusal(Data("https://example.org/a.csv")).Code);

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public void A_truncated_parquet_file_is_named(double share)
    {
        folder.WithQuery("whole.parquet", "SELECT i x, i y, hash(i) z FROM range(50000) t(i)");
        var bytes = File.ReadAllBytes(folder.At("whole.parquet"));
        File.WriteAllBytes(folder.At("cut.parquet"), bytes[..(int)(bytes.Length * share)]);

        var problem = folder.Refusal(Data("cut.parquet"));

        Assert.Equal("MLO2104", problem.Code);
        Assert.Equal(ExitCode.Unavailable, problem.Exit);
        Assert.Contains("cut.parquet", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parquet_file_with_damaged_pages_is_a_problem()
    {
        folder.WithQuery("a.parquet", "SELECT i x, i y, hash(i) z FROM range(50000) t(i)");
        var bytes = File.ReadAllBytes(folder.At("a.parquet"));
        Array.Fill(bytes, (byte)0xFF, 4, 4096);
        File.WriteAllBytes(folder.At("a.parquet"), bytes);

        var problem = folder.Refusal(Data("a.parquet"));

        Assert.Equal("MLO2104", problem.Code);
    }

    [Fact]
    public void Something_else_called_parquet_is_a_problem()
        => Assert.Equal("MLO2104", folder.WithText("a.parquet", "x,y\n1,2\n").Refusal(Data("a.parquet")).Code);

    [Theory]
    [InlineData("1,2,3", 3)]
    [InlineData("1", 2)]
    public void A_ragged_row_is_named_by_file_line_and_column(string row, int column)
    {
        folder.WithCsv("a b.csv", "x,y", "1,2", "3,4", row, "5,6");

        var problem = folder.Refusal(Data("a b.csv"));

        Assert.Equal("MLO2105", problem.Code);
        Assert.Equal(new SourcePlace(folder.At("a b.csv"), 4, column), problem.Place);
    }

    [Fact]
    public void A_ragged_row_far_down_is_found_too()
    {
        folder.WithCsv("a.csv", ["x,y", .. Enumerable.Range(0, 60_000).Select(i => $"{i},2"), "1,2,3"]);

        var problem = folder.Refusal(Data("a.csv"));

        Assert.Equal("MLO2105", problem.Code);
        Assert.Equal(60_002, problem.Place?.Line);
    }

    [Fact]
    public void A_value_of_another_type_is_an_error_and_not_another_type()
    {
        folder.WithCsv("a.csv", ["x,y", .. Enumerable.Range(0, 60_000).Select(i => $"{i},2"), "many,2"]);

        var problem = folder.Refusal(Data("a.csv"));

        Assert.Equal("MLO2105", problem.Code);
        Assert.Equal(60_002, problem.Place?.Line);
        Assert.Contains("'many' is not a BIGINT", problem.Why, StringComparison.Ordinal);
        Assert.Contains("expect: { x: { type: text } }", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_never_ends_is_a_problem()
    {
        var problem = folder.WithCsv("a.csv", "x,y", "1,2", "\"3,4", "5,6").Refusal(Data("a.csv"));

        Assert.Equal("MLO2105", problem.Code);
        Assert.Equal(3, problem.Place?.Line);
    }

    [Fact]
    public void Files_with_different_columns_are_refused()
    {
        folder.WithCsv("a.csv", "x,y", "1,2").WithCsv("b.csv", "x,z,y", "1,2,3");

        var problem = folder.Refusal(Data("*.csv"));

        Assert.Equal("MLO2111", problem.Code);
        Assert.Contains("a column 'z'", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Parquet_files_with_different_columns_are_refused()
    {
        folder.WithQuery("a.parquet", "SELECT 1 x, 2 y").WithQuery("b.parquet", "SELECT 2 y");

        var problem = folder.Refusal(Data("*.parquet"));

        Assert.Equal("MLO2111", problem.Code);
        Assert.Contains("no column 'x'", problem.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x,y,X")]
    [InlineData("x,y,")]
    public void Each_column_needs_a_name_of_its_own(string header)
        => Assert.Equal("MLO2111", folder.WithCsv("a.csv", header, "1,2,3").Refusal(Data("a.csv")).Code);

    [Fact]
    public void The_name_of_the_row_key_is_reserved()
    {
        folder.WithCsv("a.csv", "Row_Id,y", "1,2");

        Assert.Equal("MLO2111", folder.Refusal(Data("a.csv")).Code);
        Assert.Equal(1, folder.Open(Data("a.csv") with { Id = ["Row_Id"] }).Rows);
    }

    public static TheoryData<string, DataConfiguration> Misnamed => new()
    {
        { "data.label", Data("a.csv") with { Label = "lable" } },
        { "data.id", Data("a.csv") with { Id = ["lable"] } },
        { "data.time", Data("a.csv") with { Time = "lable" } },
        { "data.group", Data("a.csv") with { Group = "lable" } },
        { "data.ignore", Data("a.csv") with { Ignore = ["lable"] } },
        { "data.slices", Data("a.csv") with { Slices = ["lable"] } },
        { "data.sensitive", Data("a.csv") with { Sensitive = ["lable"] } },
    };

    [Theory]
    [MemberData(nameof(Misnamed), DisableDiscoveryEnumeration = true)]
    public void A_column_that_is_not_there_asks_whether_another_was_meant(string setting, DataConfiguration data)
    {
        folder.WithCsv("a.csv", "x,label,y", "1,2,3");

        var problem = folder.Refusal(data);

        Assert.Equal("MLO2106", problem.Code);
        Assert.Contains(setting, problem.What, StringComparison.Ordinal);
        Assert.Equal("Did you mean 'label'?", problem.Fix);
    }

    [Fact]
    public void A_cancelled_query_is_a_cancellation()
    {
        using var cancelled = new CancellationTokenSource();
        using var session = new DataSession(folder.Settings, cancelled.Token);
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => session.Count("SELECT count(*) FROM range(10)"));
    }

    private static DataConfiguration Data(string source) => new() { Source = source, Label = "y" };
}
