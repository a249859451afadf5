using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;

namespace MlOps.Build.Engine.Tests.Data;

public sealed class PreparedFilesTests
{
    [Fact]
    public void Trainers_do_not_see_ids_ignored_and_sensitive_columns()
    {
        using var flights = Preparation.Of(Preparation.Flights(500));
        flights.Data = flights.Data with { Ignore = ["distance"] };

        var prepared = flights.Run();

        string[] expected = ["row_id", "when", "origin", "late"];
        Assert.Equal(expected, flights.Folder.Columns(prepared.Training.Replicates[0].Train));
        Assert.Equal(expected, flights.Folder.Columns(prepared.Training.Validation!));
    }

    [Fact]
    public void Scorers_do_not_see_the_label_either()
    {
        using var flights = Preparation.Of(Preparation.Flights(500));

        var prepared = flights.Run();

        Assert.Equal(["row_id", "when", "origin", "distance"], flights.Folder.Columns(prepared.Holdout.Data));
    }

    [Fact]
    public void The_evaluation_gets_label_time_slices_and_sensitive_columns_of_the_same_rows_in_the_same_order()
    {
        using var flights = Preparation.Of(Preparation.Flights(500));
        flights.Data = flights.Data with { Ignore = ["origin"] };

        var prepared = flights.Run();

        Assert.Equal(["row_id", "late", "when", "origin", "plane"], flights.Folder.Columns(prepared.Holdout.Labels));
        Assert.DoesNotContain("origin", flights.Folder.Columns(prepared.Holdout.Data));
        var ids = flights.Folder.Texts(prepared.Holdout.Labels, "row_id");
        Assert.Equal(flights.Folder.Texts(prepared.Holdout.Data, "row_id"), ids);
        Assert.Equal(prepared.Holdout.Rows, ids.Count);
        var labels = Preparation.Flights(500).ToDictionary(row => row.Id, row => row.Late ? "true" : "false");
        Assert.Equal(ids.Select(id => labels[id]), flights.Folder.Texts(prepared.Holdout.Labels, "late"));
    }

    [Theory]
    [InlineData(SplitMethod.Hash, RunMode.Pr)]
    [InlineData(SplitMethod.Time, RunMode.Pr)]
    [InlineData(SplitMethod.Group, RunMode.Full)]
    public void A_threshold_is_chosen_on_validation_rows_that_are_neither_trained_on_nor_in_the_holdout(SplitMethod by, RunMode mode)
    {
        using var flights = Preparation.Of(Preparation.Flights(3000));
        flights.Data = flights.Data with { Group = by is SplitMethod.Group ? "plane" : null };
        flights.Split = flights.Split with { By = by };
        flights.Mode = mode;
        var prepared = flights.Run();

        var validation = flights.Plan().WriteValidation(flights.Out, Stop);

        var ids = flights.Folder.Texts(validation.Data, "row_id");
        Assert.Equal(prepared.Split.Validation.Rows, validation.Rows);
        Assert.Equal(prepared.Split.Validation.Digest, validation.Digest);
        Assert.Equal(ids, flights.Folder.Texts(validation.Labels, "row_id"));
        Assert.Empty(prepared.ValidationIds.Except(ids));
        Assert.Empty(ids.Intersect(prepared.HoldoutIds));
        Assert.Empty(ids.Intersect(mode is RunMode.Full ? prepared.TrainIds : [.. prepared.SampleIds(0), .. prepared.SampleIds(1)]));
        Assert.DoesNotContain("late", flights.Folder.Columns(validation.Data));
    }

    [Fact]
    public void Rows_are_sorted_by_the_hash_of_their_key()
    {
        using var flights = Preparation.Of(Preparation.Flights(20_000));
        flights.Mode = RunMode.Full;

        var ids = flights.Folder.Texts(flights.Run().Training.Train!, "row_id");

        Assert.Equal(
            ids.OrderBy(id => System.IO.Hashing.XxHash64.HashToUInt64(
                System.Text.Encoding.UTF8.GetBytes(id), unchecked((long)Seeds.Split))),
            ids);
    }

    [Fact]
    public void Training_files_are_there_before_the_holdout_is()
    {
        using var flights = Preparation.Of(Preparation.Flights(500));
        var split = flights.Plan();

        split.WriteTraining(flights.Out, 42, Stop);

        Assert.Equal(
            ["sample-0/sample.json", "sample-0/train.parquet", "sample-1/sample.json", "sample-1/train.parquet", "split.json", "validation.parquet"],
            Directory.EnumerateFiles(flights.Out, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(flights.Out, path).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.Equal(Digest.OfDocument(split.Record), Digest.OfDocument(Documents.Read<SplitRecord>(Path.Combine(flights.Out, "split.json"))));
        Assert.Equal(42, Documents.Read<SampleRecord>(Path.Combine(flights.Out, "sample-0", "sample.json")).Seed);
    }

    [Fact]
    public void Data_that_changed_in_between_are_refused()
    {
        using var flights = Preparation.Of(Preparation.Flights(500));
        var split = flights.Plan();
        flights.Folder.WithRows("flights.csv", Preparation.Flights(501));

        var problem = Assert.Throws<ProblemException>(() => split.WriteHoldout(flights.Out, Stop)).Problem;

        Assert.Equal("MLO2112", problem.Code);
        Assert.False(Directory.Exists(flights.Out));
    }

    [Fact]
    public void The_validation_rows_of_a_pull_request_are_as_many_as_those_of_a_sample()
    {
        using var flights = Preparation.Of(Preparation.Flights(5_000));
        flights.Sample = flights.Sample with { Rows = 100 };

        var prepared = flights.Run();

        Assert.Equal(100, prepared.ValidationIds.Count);
        Assert.True(prepared.Split.Validation.Rows > 400);
    }

    [Fact]
    public void Without_a_validation_share_there_is_no_validation_file()
    {
        using var flights = Preparation.Of(Preparation.Flights(500));
        flights.Split = flights.Split with { Validation = 0 };

        Assert.Null(flights.Run().Training.Validation);
    }

    [Fact]
    public void A_holdout_beyond_the_cap_is_capped_for_a_pull_request_only()
    {
        using var flights = new Preparation { Split = new() { Holdout = 0.9, Validation = 0.05 } };
        flights.Folder.WithQuery("a.parquet", "SELECT i AS id, i % 3 AS x, i % 2 AS y FROM range(120000) r(i)");
        flights.Data = new() { Source = "a.parquet", Id = ["id"], Label = "y" };
        var pullRequest = flights.Run();
        flights.Mode = RunMode.Full;

        var release = flights.Run(folder: flights.Folder.At("full"));

        Assert.Equal(DataPlan.HoldoutCap, pullRequest.Holdout.Rows);
        Assert.Equal(release.Split.Holdout.Rows, release.Holdout.Rows);
        Assert.ProperSubset(release.HoldoutIds, pullRequest.HoldoutIds);
        Assert.Equal(release.Split.Holdout.Digest, release.Holdout.Digest);
    }

    [Theory]
    [InlineData("i % 2 = 0", null, "BOOLEAN")]
    [InlineData("i % 2", null, "BOOLEAN")]
    [InlineData("(i % 2)::DOUBLE", "1", "BOOLEAN")]
    [InlineData("CASE i % 2 WHEN 0 THEN 'Yes' ELSE 'No' END", null, "BOOLEAN")]
    [InlineData("CASE i % 2 WHEN 0 THEN 'it''s late' ELSE 'punctual' END", "it's late", "BOOLEAN")]
    [InlineData("i % 2 + 1", "2", "BOOLEAN")]
    public void A_binary_label_becomes_true_or_false(string label, string? positive, string type)
    {
        using var flights = Labels(label, positive);

        var prepared = flights.Run();

        Assert.Equal(type, TypeOf(flights, prepared.Training.Replicates[0].Train, "y"));
        Assert.Equal(type, TypeOf(flights, prepared.Holdout.Labels, "y"));
        Assert.Equal(["false", "true"], flights.Folder.Texts(prepared.Holdout.Labels, "y").Distinct().Order());
    }

    [Fact]
    public void The_positive_value_is_the_true_one()
    {
        using var flights = Labels("CASE WHEN i % 4 = 0 THEN 'late' ELSE 'punctual' END", "late");

        var prepared = flights.Run();

        var labels = flights.Folder.Texts(prepared.Holdout.Labels, "y");
        Assert.InRange(labels.Count(label => label == "true") / (double)labels.Count, 0.1, 0.4);
    }

    [Theory]
    [InlineData("CASE i % 2 WHEN 0 THEN 'late' ELSE 'punctual' END", null, "nothing says which is positive")]
    [InlineData("CASE i % 2 WHEN 0 THEN 'late' ELSE 'punctual' END", "delayed", "the values are 'late' and 'punctual'")]
    [InlineData("i % 3", null, "needs two values")]
    [InlineData("1", null, "'1' in every row")]
    [InlineData("NULL::INTEGER", null, "missing in every row")]
    [InlineData("'NaN'::DOUBLE", null, "missing in every row")]
    public void A_label_that_is_not_binary_says_why(string label, string? positive, string why)
    {
        using var flights = Labels(label, positive);

        var problem = flights.Refusal();

        Assert.Equal("MLO2107", problem.Code);
        Assert.Contains(why, problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_regression_needs_numbers()
    {
        using var flights = Labels("'a' || i", null);
        flights.Task = ModelTask.Regression;

        Assert.Equal("MLO2107", flights.Refusal().Code);
    }

    [Fact]
    public void A_class_keeps_its_type()
    {
        using var flights = Labels("'class ' || i % 3", null);
        flights.Task = ModelTask.MulticlassClassification;

        var prepared = flights.Run();

        Assert.Equal("VARCHAR", TypeOf(flights, prepared.Training.Replicates[0].Train, "y"));
    }

    [Fact]
    public void Rows_without_a_label_are_left_out_and_counted()
    {
        using var flights = Labels("CASE WHEN i % 10 = 0 THEN NULL WHEN i % 10 = 1 THEN 'Infinity'::DOUBLE ELSE i END", null);
        flights.Task = ModelTask.Regression;

        var record = flights.Plan().Record;

        Assert.Equal(800, record.Train.Rows + record.Validation.Rows + record.Holdout.Rows);
        Assert.Contains("200 of 1000 rows have no label 'y' and are left out.", flights.Folder.Warnings);
    }

    [Fact]
    public void Columns_may_have_the_names_of_our_own_tables()
    {
        using var flights = new Preparation();
        flights.Folder.WithQuery("a.parquet", """
            SELECT i AS id, i % 7 AS taken, i % 5 AS stratum, i % 2 AS "order", i % 3 AS "last", i % 4 AS "name", i % 2 AS y,
                DATE '2024-01-01' + (i % 300)::INTEGER AS "cutoff", i % 50 AS "place", i AS "key", i AS value, i AS part, i AS bin
            FROM range(1000) r(i)
            """);
        flights.Data = new() { Source = "a.parquet", Id = ["id"], Label = "y", Group = "name", Time = "cutoff" };
        flights.Split = new() { By = SplitMethod.Time, Purge = true, Holdout = 0.3 };
        flights.Data = flights.Data with { Group = "key" };

        var prepared = flights.Run();

        Assert.Equal(14, flights.Folder.Columns(prepared.Training.Validation!).Count + 1);
    }

    [Fact]
    public void An_ignored_row_id_is_not_in_the_way()
    {
        using var flights = new Preparation();
        flights.Folder.WithQuery("a.parquet", "SELECT i AS id, i % 7 AS row_id, i % 2 AS y FROM range(1000) r(i)");
        flights.Data = new() { Source = "a.parquet", Id = ["id"], Label = "y", Ignore = ["row_id"] };

        var prepared = flights.Run();

        Assert.Equal(["row_id", "y"], flights.Folder.Columns(prepared.Training.Validation!));
    }

    [Fact]
    public void A_folder_that_is_a_file_is_a_problem()
    {
        using var flights = Preparation.Of(Preparation.Flights(500));
        flights.Folder.WithText("out", "in the way");

        var problem = Assert.Throws<ProblemException>(() => flights.Plan().WriteTraining(flights.Out, 1, Stop)).Problem;

        Assert.Equal(("MLO2114", ExitCode.Unavailable), (problem.Code, problem.Exit));
    }

    [Fact]
    public void A_read_only_folder_is_a_problem()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such folders.");
        using var flights = Preparation.Of(Preparation.Flights(500));

        // Root may write into any folder of a disk, but into none of the kernel's.
        var folder = Environment.UserName == "root" ? "/proc/mlops" : flights.Out;
        if (folder == flights.Out && !OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var problem = Assert.Throws<ProblemException>(() => flights.Plan().WriteTraining(folder, 1, Stop)).Problem;

        Assert.Equal("MLO2114", problem.Code);
        Assert.False(Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any());
    }

    [Fact]
    public void Nothing_of_a_cancelled_run_is_left_in_the_work_folder()
    {
        using var flights = Preparation.Of(Preparation.Flights(500));
        using var cancelled = new CancellationTokenSource();
        var split = flights.Plan();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => split.WriteTraining(flights.Out, 1, cancelled.Token));
        Assert.False(Directory.Exists(flights.Out) && Directory.EnumerateFileSystemEntries(flights.Out).Any());
    }

    [Fact]
    public void The_roles_of_a_request_name_the_columns_that_are_there()
    {
        using var flights = Preparation.Of(Preparation.Flights(500));
        flights.Data = flights.Data with { Group = "plane" };

        var roles = flights.Plan().Roles;

        Assert.Equal(("row_id", "late", "when", (string?)null), (roles.Id, roles.Label, roles.Time, roles.Group));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Preparation Labels(string label, string? positive)
    {
        var flights = new Preparation();
        flights.Folder.WithQuery("a.parquet", $"SELECT i AS id, i % 7 AS x, {label} AS y FROM range(1000) r(i)");
        flights.Data = new DataConfiguration { Source = "a.parquet", Id = ["id"], Label = "y", Positive = positive };
        return flights;
    }

    private static string TypeOf(Preparation flights, string path, string column)
        => flights.Folder.Query(
            $"SELECT typeof({Sql.Name(column)}) FROM {Sql.Text(path)} LIMIT 1", row => row.GetString(0));
}
