using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

/// <summary>The columns that are searched and what is found in them are those of the snapshots. Set MLOPS_UPDATE=1 to write them anew, and read the difference.</summary>
public sealed class SearchSnapshotTests
{
    private static readonly string[] Whole = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "FLOAT", "DOUBLE", "DECIMAL(9,2)"];

    [Fact]
    public void Columns_of_every_type_are_cut_as_in_the_snapshot()
    {
        using var folder = new CaseFolder();
        string[] columns =
        [
            .. Whole.Select((type, place) => $"CAST(i % 13 AS {type}) AS n{place}"),
            "i % 12 AS twelve",
            "CASE WHEN i % 13 = 0 THEN NULL ELSE i % 13 END AS thirteen",
            "CASE WHEN i % 3 = 0 THEN NULL ELSE i * 0.5 END AS halves",
            "'t' || (i % 60) AS sixty",
            "'t' || (i % 61) AS many",
            "CASE WHEN i % 60 = 0 THEN NULL ELSE 't' || (i % 60) END AS holes",
            "i % 2 = 0 AS truth",
            "DATE '2026-01-01' + CAST(i AS INTEGER) AS day",
            "TIMESTAMP '2026-01-01 06:00:00' + INTERVAL (i) MINUTE AS moment",
            "CAST(NULL AS VARCHAR) AS nothing",
            "'o' || (i % 4) AS origin",
        ];

        var searched = Read(folder, columns).Searched!;

        Check("search-columns", new()
        {
            ["columns"] = new JsonArray([.. searched.Columns.Select(column => (JsonNode?)string.Create(
                CultureInfo.InvariantCulture,
                $"{column.Name}{(column.Sensitive ? " (sensitive)" : string.Empty)}: {string.Join(" | ", column.Values.Select((value, place) => $"{value ?? "none"} x {column.Codes.Count(code => code == place)}"))}"))]),
            ["leftOut"] = new JsonArray([.. searched.LeftOut.Select(text => (JsonNode?)text)]),
        });
    }

    [Theory]
    [InlineData("search-scores", ModelTask.BinaryClassification, 1, false)]
    [InlineData("search-noise", ModelTask.BinaryClassification, 3, false)]
    [InlineData("search-clusters", ModelTask.BinaryClassification, 1, true)]
    [InlineData("search-numbers", ModelTask.Regression, 1, false)]
    [InlineData("search-classes", ModelTask.MulticlassClassification, 1, false)]
    public void What_is_found_is_the_snapshot(string name, ModelTask task, int trainings, bool clusters)
    {
        const int Rows = 900;
        var noise = new EvaluationFixture(1, 23);
        double[] labels = [.. Enumerable.Range(0, Rows).Select(row => row * 7 % 10 < 4 ? 1.0 : 0.0)];
        bool Worse(int row) => row % 6 == 4 || row % 7 == 2;
        Predictions Side(bool worse) => task == ModelTask.MulticlassClassification
            ? new([], [.. labels.Select((label, row) => (row * 11 % 10 < 2) ^ (worse && Worse(row) && row % 5 < 3) ? 1 - (int)label : (int)label)])
            : new([[.. labels.Select((label, row) => Math.Round(EvaluationFixture.Logistic(((label * 2) - 1) * (worse && Worse(row) ? -0.6 : 1.2) + (0.8 * noise.Gauss())), 4))]]);
        ReplicateInput Replicate(string side, int number, bool worse)
            => new(new() { RunId = $"{side}{number}", Seed = number, ModelDigest = $"sha256:{side}{number}", PredictionsDigest = $"sha256:p{side}{number}" }, Side(worse));
        SearchedColumn Column(string column, int count, Func<int, int> code, bool sensitive = false)
            => new(column, sensitive, [.. Enumerable.Range(0, count).Select(value => value == 0 ? null : $"v{value}")], [.. Enumerable.Range(0, Rows).Select(row => (byte)code(row))]);
        var input = new EvaluationInput
        {
            Model = "small",
            Mode = RunMode.Full,
            Task = task,
            Policy = new() { MinimumSupport = 60, Resamples = 50, Rules = [new() { NoWorseBy = new(0.1, false) }] },
            Holdout = new()
            {
                Labels = labels,
                Classes = task == ModelTask.Regression ? [] : ["0", "1"],
                Digest = "sha256:h",
                Groups = clusters ? [.. Enumerable.Range(0, Rows).Select(row => row / 3)] : null,
                Searched = new(
                    [Column("six", 6, row => row % 6), Column("seven", 7, row => row % 7, sensitive: true), Column("both", 2, row => Worse(row) ? 1 : 0), Column("rare", 3, row => row < 59 ? 1 : row < 119 ? 2 : 0), Column("none", 5, row => row % 5)],
                    [.. Enumerable.Range(0, 60).Select(place => $"c{place} has one value")]),
            },
            Challenger = new("head", [.. Enumerable.Range(0, trainings).Select(training => Replicate("C", training, worse: true))]),
            Baseline = new("main", [.. Enumerable.Range(0, trainings).Select(training => Replicate("B", training, worse: false))]),
        };

        Check(name, (JsonObject)JsonNode.Parse(Documents.Write(Evaluator.Evaluate(input)))!["weakSlices"]!.DeepClone());
    }

    private static HoldoutColumns Read(CaseFolder folder, string[] columns)
    {
        var (labels, features) = (Path.Combine(folder.Path, "labels.parquet"), Path.Combine(folder.Path, "features.parquet"));
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A query of this test.
        command.CommandText = $"""
            COPY (SELECT i AS row_id, {string.Join(", ", columns)} FROM range(240) t(i)) TO '{features}' (FORMAT parquet);
            COPY (SELECT row_id, row_id % 2 AS late, origin, halves FROM '{features}' ORDER BY row_id) TO '{labels}' (FORMAT parquet);
            """;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        return HoldoutReader.Read(
            new LabelsFile
            {
                Path = labels,
                Task = ModelTask.BinaryClassification,
                Label = "late",
                Slices = ["halves"],
                Sensitive = ["origin"],
                Bands = new Dictionary<string, BandConfiguration> { ["halves"] = new() { Edges = [10, 40] } },
                Features = features,
            },
            []).Holdout;
    }

    private static void Check(string name, JsonObject document) => EvaluationSnapshot.CheckText(name, JsonSerializer.SerializeToUtf8Bytes(document));
}
