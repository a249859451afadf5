using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;

namespace MlOps.Build.Engine.Tests.Data;

public sealed class ValidateTests
{
    [Fact]
    public void Good_data_pass()
    {
        using var flights = Preparation.Of(Preparation.Flights(500));

        var answer = Validate(flights, ("distance", new() { Type = "int", Min = 100, Max = 149, Nulls = 0 }), ("origin", new() { Values = ["EWR", "JFK", "LGA"] }));

        Assert.Equal(ExitCode.Ok, answer.Exit);
        Assert.Equal(CheckResult.Pass, answer.Document.Result);
        Assert.Equal((500, 6), (answer.Document.Rows, answer.Document.Columns));
        Assert.All(answer.Document.Checks, check => Assert.Equal((0, 0), (check.BadRows, check.Examples.Length)));
        Assert.Equal(["100", "149"], answer.Document.Checks.Where(check => check.Check is "min" or "max").Select(check => check.Observed));
    }

    [Fact]
    public void The_answer_is_a_document()
    {
        using var flights = Preparation.Of(Preparation.Flights(100));

        var answer = Validate(flights, ("distance", new() { Min = 101 })).Document;

        var read = Documents.Parse<DataValidation>(Documents.Write(answer), "answer");
        Assert.Equal(answer.Checks.Length, read.Checks.Length);
        Assert.Equal(CheckResult.Error, read.Result);
    }

    [Fact]
    public void A_value_out_of_range_names_column_bound_observed_value_count_and_five_rows()
    {
        using var flights = Preparation.Of(Preparation.Flights(500));

        var answer = Validate(flights, ("distance", new() { Min = 102.5 }));

        var check = Only(answer, "min");
        Assert.Equal(ExitCode.No, answer.Exit);
        Assert.Equal(("distance", "102.5", "100", 30L), (check.Column, check.Bound, check.Observed, check.BadRows));
        Assert.Equal(
            [new BadRow("F00000", "100"), new("F00001", "101"), new("F00002", "102"), new("F00050", "100"), new("F00051", "101")],
            check.Examples);
        Assert.Contains("30 rows are below 102.5", check.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_id_a_row_is_named_by_its_number()
    {
        using var flights = new Preparation();
        flights.Folder.WithCsv("a.csv", ["x,y", .. Enumerable.Range(0, 5_000).Select(i => i == 4_321 ? "-1,0" : $"{i},{i % 2}")]);
        flights.Data = new() { Source = "a.csv", Label = "y" };

        var check = Only(Validate(flights, ("x", new() { Min = 0 })), "min");

        Assert.Equal([new BadRow("4322", "-1")], check.Examples);
    }

    [Fact]
    public void Sensitive_values_are_not_printed()
    {
        using var flights = Preparation.Of(Preparation.Flights(50));

        var check = Only(Validate(flights, ("plane", new() { Values = ["P1"] })), "values");

        Assert.All(check.Examples, example => Assert.Null(example.Value));
        Assert.Equal(5, check.Examples.Length);
    }

    [Theory]
    [InlineData(0.0, CheckResult.Error)]
    [InlineData(0.049, CheckResult.Error)]
    [InlineData(0.05, CheckResult.Pass)]
    public void Missing_values_have_a_share(double allowed, CheckResult expected)
    {
        using var flights = Preparation.Of(Preparation.Flights(100).Select((row, i) => i % 20 == 0 ? row with { Origin = "" } : row));

        var check = Only(Validate(flights, ("origin", new() { Nulls = allowed })), "nulls");

        Assert.Equal((expected, "5.0 %"), (check.Result, check.Observed));
    }

    [Fact]
    public void Values_that_are_not_listed_are_found()
    {
        using var flights = Preparation.Of(Preparation.Flights(90));

        var check = Only(Validate(flights, ("origin", new() { Values = ["JFK", "LGA"] })), "values");

        Assert.Equal((CheckResult.Error, 30), (check.Result, check.BadRows));
    }

    [Fact]
    public void Listed_numbers_are_compared_as_numbers()
    {
        using var flights = new Preparation();
        flights.Folder.WithQuery("a.parquet", "SELECT i AS id, (i % 3)::DOUBLE AS x, i % 2 AS y FROM range(90) r(i)");
        flights.Data = new() { Source = "a.parquet", Id = ["id"], Label = "y" };

        Assert.Equal(CheckResult.Pass, Only(Validate(flights, ("x", new() { Values = ["0", "1", "2.0"] })), "values").Result);
        Assert.Equal(30, Only(Validate(flights, ("x", new() { Values = ["0", "1"] })), "values").BadRows);
    }

    [Theory]
    [InlineData("text", CheckResult.Error)]
    [InlineData("int", CheckResult.Pass)]
    [InlineData("float", CheckResult.Pass)]
    public void A_type_has_to_be_the_declared_one(string type, CheckResult expected)
    {
        using var flights = Preparation.Of(Preparation.Flights(50), "a.parquet");

        Assert.Equal(expected, Only(Validate(flights, ("distance", new() { Type = type })), "type").Result);
    }

    [Fact]
    public void Text_that_should_be_a_number_names_the_rows_that_are_none()
    {
        using var flights = new Preparation();
        flights.Folder.WithQuery("a.parquet", "SELECT i AS id, CASE i WHEN 7 THEN 'seven' ELSE i::VARCHAR END AS x, i % 2 AS y FROM range(50) r(i)");
        flights.Data = new() { Source = "a.parquet", Id = ["id"], Label = "y" };

        var check = Only(Validate(flights, ("x", new() { Type = "int" })), "type");

        Assert.Equal([new BadRow("7", "seven")], check.Examples);
        Assert.Equal((1, "text", "int"), (check.BadRows, check.Observed, check.Bound));
        Assert.StartsWith("x: 1 row is text and not int.", check.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_the_contract_that_is_not_there_is_an_error()
    {
        using var flights = Preparation.Of(Preparation.Flights(50));

        var check = Only(Validate(flights, ("orgin", new() { Nulls = 0 })), "column");

        Assert.Equal(CheckResult.Error, check.Result);
        Assert.Contains("Did you mean 'origin'?", check.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_should_be_unique_is_compared()
    {
        using var flights = Preparation.Of(Preparation.Flights(60));

        var check = Only(Validate(flights, ("distance", new() { Unique = true })), "unique");

        Assert.Equal((CheckResult.Error, 10), (check.Result, check.BadRows));
        Assert.Contains(check.Examples, example => example.Row == "100 (2 rows)");
    }

    [Fact]
    public void A_repeated_id_is_an_error_and_a_repeated_row_a_warning()
    {
        var rows = Preparation.Flights(60).Concat(Preparation.Flights(2)).ToArray();
        using var flights = Preparation.Of(rows);
        using var without = Preparation.Of(rows);
        without.Data = without.Data with { Id = [] };

        Assert.Equal((CheckResult.Error, 2), (Only(Validate(flights), "id").Result, Only(Validate(flights), "id").BadRows));
        Assert.Equal((CheckResult.Warning, 2), (Only(Validate(without), "repeated-rows").Result, Only(Validate(without), "repeated-rows").BadRows));
    }

    [Fact]
    public void A_constant_column_is_a_warning_unless_it_is_ignored()
    {
        using var flights = Preparation.Of(Preparation.Flights(60).Select(row => row with { Distance = 7 }));

        var answer = Validate(flights);
        flights.Data = flights.Data with { Ignore = ["distance"] };

        Assert.Equal((ExitCode.Ok, CheckResult.Warning), (answer.Exit, answer.Document.Result));
        Assert.Equal("distance", answer.Document.Checks.First(check => check.Result is CheckResult.Warning).Column);
        Assert.DoesNotContain(Validate(flights).Document.Checks, check => check.Check == "constant" && check.Column == "distance");
    }

    [Fact]
    public void A_column_without_any_value_is_constant()
    {
        using var flights = Preparation.Of(Preparation.Flights(60).Select(row => row with { Origin = "" }));

        Assert.Contains(Validate(flights).Document.Checks, check => check is { Check: "constant", Column: "origin", Result: CheckResult.Warning });
    }

    [Fact]
    public void Numbers_written_as_text_are_a_warning()
    {
        using var flights = new Preparation();
        flights.Folder.WithQuery("a.parquet", "SELECT i AS id, CASE WHEN i % 9 <> 0 THEN (i % 8)::VARCHAR END AS x, i % 2 AS y FROM range(90) r(i)");
        flights.Data = new() { Source = "a.parquet", Id = ["id"], Label = "y" };

        Assert.Equal(CheckResult.Warning, Only(Validate(flights), "numeric-text").Result);
    }

    [Fact]
    public void Infinite_values_are_a_warning_with_their_rows()
    {
        using var flights = new Preparation();
        flights.Folder.WithQuery("a.parquet", "SELECT i AS id, CASE i WHEN 3 THEN 'inf'::FLOAT WHEN 5 THEN 'nan'::FLOAT ELSE i END AS x, i % 2 AS y FROM range(90) r(i)");
        flights.Data = new() { Source = "a.parquet", Id = ["id"], Label = "y" };

        var check = Only(Validate(flights), "infinite");

        Assert.Equal([("3", "inf"), ("5", "nan")], check.Examples.Select(example => (example.Row, example.Value!)));
        Assert.Equal(CheckResult.Warning, check.Result);
    }

    [Fact]
    public void A_constant_label_is_an_error_with_its_remedy()
    {
        using var flights = Preparation.Of(Preparation.Flights(60).Select(row => row with { Late = true }));

        var answer = Validate(flights);

        Assert.Equal(ExitCode.No, answer.Exit);
        Assert.Contains("nothing to learn", Only(answer, "label").Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_labels_are_counted()
    {
        using var flights = new Preparation();
        flights.Folder.WithQuery("a.parquet", "SELECT i AS id, i % 8 AS x, CASE WHEN i % 9 <> 0 THEN i % 2 END AS y FROM range(90) r(i)");
        flights.Data = new() { Source = "a.parquet", Id = ["id"], Label = "y" };

        var check = Only(Validate(flights), "label");

        Assert.Equal((CheckResult.Warning, 10), (check.Result, check.BadRows));
    }

    [Fact]
    public void A_split_that_cannot_be_made_is_an_error()
    {
        using var flights = Preparation.Of(Preparation.Flights(60).Select(row => row with { When = new(2024, 1, 1) }));
        flights.Split = new() { By = SplitMethod.Time };

        Assert.Equal(CheckResult.Error, Only(Validate(flights), "split").Result);
    }

    [Fact]
    public void Holdout_rows_that_equal_training_rows_but_for_their_id_are_a_warning()
    {
        using var flights = Preparation.Of(Preparation.Flights(400).SelectMany((row, i) => new[] { row, row with { Id = $"copy {i}" } }));

        var check = Only(Validate(flights), "overlap");

        Assert.Equal(CheckResult.Warning, check.Result);
        Assert.InRange(check.BadRows, 50, 200);
        Assert.Contains("`data.group`", check.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_come_first()
    {
        using var flights = Preparation.Of(Preparation.Flights(60).Select(row => row with { Distance = 7 }));

        var results = Validate(flights, ("origin", new() { Values = [] })).Document.Checks.Select(check => check.Result).ToArray();

        Assert.Equal(results.OrderDescending(), results);
        Assert.Equal(CheckResult.Error, results[0]);
    }

    private static DataCheck Only(Answer<DataValidation> answer, string check)
        => Assert.Single(answer.Document.Checks, found => found.Check == check);

    private static Answer<DataValidation> Validate(Preparation flights, params (string Column, ColumnExpectation Expect)[] expect)
    {
        var data = flights.Data with { Expect = expect.ToDictionary(pair => pair.Column, pair => pair.Expect) };
        return new ValidateHandler(flights.Folder.Root, flights.Folder.Settings).Handle(
            new DataPlan
            {
                Data = data,
                Split = flights.Split,
                Sample = flights.Sample,
                Task = flights.Task,
                Mode = RunMode.Full,
                SnapshotDigest = Preparation.Snapshot,
            },
            TestContext.Current.CancellationToken);
    }
}
