using System.Text;

namespace MlOps.Build.Contracts.Tests;

public sealed class DocumentsTests
{
    private static readonly TrainingRecord Training = new()
    {
        Parameters = new Dictionary<string, ParameterValue> { ["leaves"] = ParameterValue.Of(31), ["kind"] = ParameterValue.Of("gbdt"), ["fast"] = ParameterValue.Of(true) },
        TrainRows = 10,
        ValidationRows = 2,
        DroppedRows = 0,
        BestStep = null,
        Stopped = StopReason.NoProgress,
        WallSeconds = 1.5,
        CpuSeconds = 2.5,
        PeakMemoryBytes = 1 << 20,
        Frameworks = new Dictionary<string, string> { ["Microsoft.ML"] = "5.0.1" },
        Features = ["hour"],
        InputSchema = [new("hour", "float", Nullable: false)],
        Warnings = [],
    };

    private static string Json => Encoding.UTF8.GetString(Documents.Write(Training));

    [Fact]
    public void What_is_written_is_read_back()
    {
        var read = Parse(Json);

        Assert.Equal(Json, Encoding.UTF8.GetString(Documents.Write(read)));
        Assert.Equal(31d, read.Parameters["leaves"].Number);
    }

    [Fact]
    public void A_document_starts_with_its_schema_and_uses_words_for_enums()
    {
        Assert.StartsWith("{\n  \"schema\": \"mlops/training/1\",", Json, StringComparison.Ordinal);
        Assert.Contains("\"stopped\": \"no-progress\"", Json, StringComparison.Ordinal);
        Assert.Contains("\"bestStep\": null", Json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_is_not_known_is_compatible()
        => Assert.Equal(10, Parse(Json.Replace("\"trainRows\"", "\"later\": 1, \"trainRows\"", StringComparison.Ordinal)).TrainRows);

    [Theory]
    [InlineData("\"mlops/training/1\"", "\"mlops/training/2\"", "mlops/training/1")]
    [InlineData("\"trainRows\": 10,", "", "trainRows")]
    [InlineData("\"trainRows\": 10", "\"trainRows\": \"many\"", "$.trainRows")]
    [InlineData("\"trainRows\": 10", "\"trainRows\": 1.5", "$.trainRows")]
    [InlineData("\"wallSeconds\": 1.5", "\"wallSeconds\": \"NaN\"", "$.wallSeconds")]
    [InlineData("\"wallSeconds\": 1.5", "\"wallSeconds\": 1e999", "$.wallSeconds")]
    [InlineData("\"wallSeconds\": 1.5", "\"wallSeconds\": NaN", "$.wallSeconds")]
    [InlineData("\"stopped\": \"no-progress\"", "\"stopped\": \"tired\"", "$.stopped")]
    [InlineData("\"stopped\": \"no-progress\"", "\"stopped\": 1", "$.stopped")]
    [InlineData("\"features\": [", "\"features\": null, \"x\": [", "$.features")]
    [InlineData("\"trainRows\": 10", "\"trainRows\": 10, \"trainRows\": 11", "trainRows")]
    public void What_does_not_fit_is_refused_with_its_field(string found, string replaced, string field)
    {
        var json = Json.Replace(found, replaced, StringComparison.Ordinal);
        Assert.NotEqual(Json, json);

        var problem = Assert.Throws<ProblemException>(() => Parse(json)).Problem;

        Assert.Equal("MLO2001", problem.Code);
        Assert.Contains("training.json", problem.What, StringComparison.Ordinal);
        Assert.Contains(field, problem.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"schema\": 5}")]
    public void What_is_no_document_is_refused(string json)
        => Assert.Equal("MLO2001", Assert.Throws<ProblemException>(() => Parse(json)).Problem.Code);

    [Fact]
    public void A_number_that_no_reader_agrees_on_is_never_written()
        => Assert.ThrowsAny<System.Text.Json.JsonException>(() => Documents.Write(Training with { WallSeconds = double.NaN }));

    [Fact]
    public void A_file_that_is_too_large_is_not_read()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "training.json");
        using (var stream = File.Create(path))
        {
            stream.SetLength(Documents.MaximumBytes + 1);
        }

        var problem = Assert.Throws<ProblemException>(() => Documents.Read<TrainingRecord>(path)).Problem;

        Assert.Contains("at most", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_worth_a_retry()
        => Assert.Equal(
            ExitCode.Unavailable,
            Assert.Throws<ProblemException>(() => Documents.Read<TrainingRecord>("no/such/file.json")).Problem.Exit);

    private static TrainingRecord Parse(string json)
        => Documents.Parse<TrainingRecord>(Encoding.UTF8.GetBytes(json), "training.json");
}
