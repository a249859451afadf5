using DuckDB.NET.Data;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

public sealed class HoldoutReaderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops holdout ü ");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Predictions_in_another_order_are_joined_by_row_id()
    {
        var labels = Csv("labels.csv", "row_id,late,origin\na,1,EWR\nb,0,\nc,0,JFK\n");
        var file = Csv("p.csv", "row_id,prediction,score\nc,0,0.3\na,1,0.1\nb,0,0.2\n");

        var (holdout, predictions) = HoldoutReader.Read(Binary(labels) with { Slices = ["origin"] }, [file]);

        Assert.Equal([1, 0, 0], holdout.Labels);
        Assert.Equal([0.1, 0.2, 0.3], predictions[0].Scores[0]);
        Assert.Equal(["0", "1"], holdout.Classes);
        Assert.Equal([null, "EWR", "JFK"], holdout.Slices[0].Values);
        Assert.Equal([1, 0, 2], holdout.Slices[0].Codes);
    }

    [Fact]
    public void Parquet_and_csv_give_the_same()
    {
        var csv = Csv("labels.csv", "row_id,late\n1,true\n2,false\n");
        var parquet = Parquet("labels.parquet", "SELECT * FROM (VALUES (1, true), (2, false)) AS t(row_id, late)");
        var scores = Parquet("p.parquet", "SELECT * FROM (VALUES (2, 0.25), (1, 0.5)) AS t(row_id, score)");

        var fromCsv = HoldoutReader.Read(Binary(csv), [scores]);
        var fromParquet = HoldoutReader.Read(Binary(parquet), [scores]);

        Assert.Equal(fromCsv.Holdout.Labels, fromParquet.Holdout.Labels);
        Assert.Equal(fromCsv.Holdout.Digest, fromParquet.Holdout.Digest);
        Assert.Equal([0.5, 0.25], fromParquet.Predictions[0].Scores[0]);
    }

    [Fact]
    public void Numbers_are_cut_into_bands()
    {
        var labels = Csv("labels.csv", "row_id,late,hour\na,1,5\nb,0,\nc,0,6.0\n");

        var (holdout, _) = HoldoutReader.Read(Binary(labels) with { Slices = ["hour"], Bands = new Dictionary<string, BandConfiguration> { ["hour"] = new() { Edges = [6] } } }, []);

        Assert.Equal(["< 6", ">= 6", null], holdout.Slices[0].Values);
        Assert.Equal([0, 2, 1], holdout.Slices[0].Codes);
    }

    [Fact]
    public void A_text_cannot_be_cut_into_bands()
    {
        var labels = Csv("labels.csv", "row_id,late,hour\na,1,5\nb,0,noon\n");

        var problem = Assert.Throws<ProblemException>(() => HoldoutReader.Read(Binary(labels) with { Slices = ["hour"], Bands = new Dictionary<string, BandConfiguration> { ["hour"] = new() { Quantiles = 2 } } }, [])).Problem;

        Assert.Equal("MLO2380", problem.Code);
        Assert.Contains("Row 'b' holds 'noon'", problem.Why);
    }

    [Fact]
    public void An_id_with_leading_zeros_is_not_a_number()
    {
        var labels = Csv("labels.csv", "row_id,late\n007,1\n7,0\n");

        var read = HoldoutReader.Read(Binary(labels), [Csv("p.csv", "row_id,score\n7,0.2\n007,0.9\n")]);

        Assert.Equal([0.9, 0.2], read.Predictions[0].Scores[0]);
    }

    [Theory]
    [InlineData("row_id,score\na,0.1\n", "1 row is missing: 'b'.")]
    [InlineData("row_id,score\na,0.1\nb,0.2\nz,0.3\n", "1 row is not in the holdout: 'z'.")]
    [InlineData("row_id,score\na,0.1\nb,0.2\nb,0.2\n", "1 row is repeated: 'b'.")]
    [InlineData("row_id,score\na,0.1\na,0.1\n", "1 row is missing: 'b'. 1 row is repeated: 'a'.")]
    [InlineData("row_id,score\na,0.1\n,0.2\nb,0.2\n", "1 row is not in the holdout: ''.")]
    public void Rows_that_do_not_match_are_named(string predictions, string why)
    {
        var problem = Refused(predictions);

        Assert.Equal(("MLO2307", why), (problem.Code, problem.Why));
    }

    [Theory]
    [InlineData("row_id,score\na,0.1\nb,NaN\n")]
    [InlineData("row_id,score\na,0.1\nb,1.01\n")]
    [InlineData("row_id,score\na,0.1\nb,-0.01\n")]
    [InlineData("row_id,score\na,0.1\nb,\n")]
    [InlineData("row_id,score\na,0.1\nb,high\n")]
    [InlineData("row_id,score\na,0.1\nb,inf\n")]
    public void A_score_that_is_no_probability_is_named(string predictions)
    {
        var problem = Refused(predictions);

        Assert.Equal("MLO2308", problem.Code);
        Assert.Contains("1 row is missing, not a number or outside 0 to 1: 'b'.", problem.Why);
    }

    [Fact]
    public void A_file_without_scores_names_the_column_and_those_there_are()
    {
        var problem = Refused("row_id,scor\na,0.1\n");

        Assert.Equal("MLO2306", problem.Code);
        Assert.Equal("There is no column 'score'. Did you mean 'scor'?", problem.Why);
    }

    [Fact]
    public void A_missing_file_is_worth_a_retry_and_a_damaged_one_is_not()
    {
        var labels = Binary(Csv("labels.csv", "row_id,late\na,1\nb,0\n"));
        var damaged = Csv("p.parquet", "this is no Parquet");

        var missing = Assert.Throws<ProblemException>(() => HoldoutReader.Read(labels, [Path.Combine(folder.FullName, "none.csv")])).Problem;
        var broken = Assert.Throws<ProblemException>(() => HoldoutReader.Read(labels, [damaged])).Problem;

        Assert.Equal(("MLO2306", ExitCode.Unavailable), (missing.Code, missing.Exit));
        Assert.Equal(("MLO2306", ExitCode.Usage), (broken.Code, broken.Exit));
    }

    [Theory]
    [InlineData("row_id,late\na,1\nb,\n", "The label 'late' of 1 row is missing: 'b'.")]
    [InlineData("row_id,late\na,1\nb,0\nc,2\n", "more than two values")]
    [InlineData("row_id,late\na,x\nb,y\n", "Nothing says which of 'x', 'y' is positive.")]
    [InlineData("row_id,late\na,1\nb,1\n", "")]
    public void Labels_that_judge_nothing_are_refused(string labels, string why)
    {
        var file = Binary(Csv("labels.csv", labels));
        var predictions = Csv("p.csv", "row_id,score\na,0.1\nb,0.2\n");

        if (why.Length == 0)
        {
            // One class is not the reader's matter: the evaluation refuses it.
            Assert.Equal([1, 1], HoldoutReader.Read(file, [predictions]).Holdout.Labels);
            return;
        }

        var problem = Assert.Throws<ProblemException>(() => HoldoutReader.Read(file, [predictions])).Problem;
        Assert.Equal("MLO2310", problem.Code);
        Assert.Contains(why, problem.Why);
    }

    [Fact]
    public void The_positive_label_can_be_named()
    {
        var labels = Binary(Csv("labels.csv", "row_id,late\na,Nein\nb,Ja\n")) with { Positive = "ja" };

        var read = HoldoutReader.Read(labels, [Csv("p.csv", "row_id,score\na,0.1\nb,0.2\n")]);

        Assert.Equal([0, 1], read.Holdout.Labels);
        Assert.Equal(["Nein", "Ja"], read.Holdout.Classes);
    }

    [Fact]
    public void A_repeated_row_of_the_labels_is_named()
    {
        var labels = Binary(Csv("labels.csv", "row_id,late\na,1\nb,0\na,1\n"));

        var problem = Assert.Throws<ProblemException>(() => HoldoutReader.Read(labels, [])).Problem;

        Assert.Equal(("MLO2307", "Repeated: 'a'."), (problem.Code, problem.Why));
    }

    [Fact]
    public void Scores_are_found_by_the_name_of_the_class_and_a_class_never_seen_has_none()
    {
        var labels = Csv("labels.csv", "row_id,late\na,on time\nb,late\nc,early\n");
        var file = Csv("p.csv", "row_id,prediction,score_late,score_on time\na,late,0.6,0.4\nb,late,0.7,0.3\nc,late,0.8,0.2\n");

        var (holdout, predictions) = HoldoutReader.Read(Binary(labels) with { Task = ModelTask.MulticlassClassification }, [file]);

        Assert.Equal(["early", "late", "on time"], holdout.Classes);
        Assert.Equal([2, 1, 0], holdout.Labels);
        Assert.Equal([[0, 0, 0], [0.6, 0.7, 0.8], [0.4, 0.3, 0.2]], predictions[0].Scores);
    }

    [Fact]
    public void Numbered_classes_match_whether_they_are_stored_as_text_or_as_numbers()
    {
        var labels = Parquet("labels.parquet", "SELECT * FROM (VALUES ('a', 0.0), ('b', 2.0)) AS t(row_id, late)");
        var file = Csv("p.csv", "row_id,prediction\na,0\nb,1\n");

        var (holdout, predictions) = HoldoutReader.Read(Binary(labels) with { Task = ModelTask.MulticlassClassification }, [file]);

        Assert.Equal(["0", "1", "2"], holdout.Classes);
        Assert.Equal([0, 1], predictions[0].Classes!);
        Assert.Empty(predictions[0].Scores);
    }

    [Fact]
    public void A_regression_reads_the_score_or_else_the_prediction()
    {
        var labels = Binary(Csv("labels.csv", "row_id,late\na,10\nb,-2.5\n")) with { Task = ModelTask.Regression };

        var read = HoldoutReader.Read(labels, [Csv("p.csv", "row_id,prediction\na,9\nb,-3\n"), Csv("q.csv", "row_id,prediction,score\na,0,8\nb,0,-4\n")]);

        Assert.Equal([10, -2.5], read.Holdout.Labels);
        Assert.Equal([[9, -3], [8, -4]], read.Predictions.Select(predictions => predictions.Scores[0]));
    }

    [Fact]
    public void A_row_without_a_group_is_a_group_of_its_own()
    {
        var labels = Binary(Csv("labels.csv", "row_id,late,tail\na,1,N1\nb,0,\nc,0,N1\nd,0,\n")) with { Group = "tail" };

        var groups = HoldoutReader.Read(labels, []).Holdout.Groups!;

        Assert.Equal(groups[0], groups[2]);
        Assert.Equal(3, groups.Distinct().Count());
    }

    [Fact]
    public void Names_with_quotes_are_names_and_no_sql()
    {
        var labels = Csv("la'bels.csv", "row_id,\"la\"\"te\",x; DROP\na,1,q\nb,0,r\n");
        var file = Binary(labels) with { Label = "la\"te", Slices = ["x; DROP"] };

        var read = HoldoutReader.Read(file, [Csv("p'.csv", "row_id,score\na,0.1\nb,0.2\n")]);

        Assert.Equal([1, 0], read.Holdout.Labels);
    }

    private static LabelsFile Binary(string path) => new() { Path = path, Task = ModelTask.BinaryClassification, Label = "late" };

    private Problem Refused(string predictions)
    {
        var labels = Csv("labels.csv", "row_id,late\na,1\nb,0\n");
        var file = Csv("p.csv", predictions);
        return Assert.Throws<ProblemException>(() => HoldoutReader.Read(Binary(labels), [file])).Problem;
    }

    private string Csv(string name, string content)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    private string Parquet(string name, string query)
    {
        var path = Path.Combine(folder.FullName, name);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A query of this test.
        command.CommandText = $"COPY ({query}) TO '{path}' (FORMAT parquet)";
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        return path;
    }
}
