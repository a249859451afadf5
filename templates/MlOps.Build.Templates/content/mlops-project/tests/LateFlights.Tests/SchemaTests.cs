namespace LateFlights.Tests;

public sealed class SchemaTests(TrainedModel model)
{
    [Fact]
    public void The_model_reads_what_a_client_can_know_when_the_flight_leaves()
    {
        var columns = model.Training.InputSchema.Select(column => column.Name);

        Assert.Equal(["date", "destination", "distance", "origin"], columns.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_row_of_the_data_is_dropped()
    {
        var training = model.Training;

        Assert.Equal(100_000, training.TrainRows);
        Assert.Equal(0, training.DroppedRows);
        Assert.Empty(training.Warnings);
    }
}
