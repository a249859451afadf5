using System.Diagnostics;
using Microsoft.ML;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>Answers a score request: every row of the file, in batches, written at once at the end.</summary>
internal sealed class ScoreRun(ScoreRequest request, IModelDefinition definition)
{
    private const int BatchRows = 65_536;

    public void Run(CancellationToken cancellationToken)
    {
        var ml = new MLContext(seed: 0);
        var started = Stopwatch.GetTimestamp();
        var model = ScoringModel.Load(ml, request.ModelDirectory);
        var loaded = Stopwatch.GetElapsedTime(started);
        using var file = ParquetFile.Open(request.Data, request.Threads);
        RefuseWithoutId(file);
        using var predictions = new PredictionFile(request.Data, request.Columns.Id, model.Schema);
        foreach (var rows in new RowLoader(definition.InputType, file).Read([], null, BatchRows, cancellationToken))
        {
            model.Score(rows, predictions.Add);
        }

        cancellationToken.ThrowIfCancellationRequested();
        predictions.Write(request.Output, file.Rows);
        if (request.Timings is { } timings)
        {
            Time(timings, model, file, loaded, cancellationToken);
        }
    }

    private void Time(ScoreTimingRequest timings, ScoringModel model, ParquetFile file, TimeSpan loaded, CancellationToken cancellationToken)
    {
        var rows = new RowLoader(definition.InputType, file).Read([], null, timings.Rows, cancellationToken).First();
        if (model.TimeRows(rows, cancellationToken) is { } timed)
        {
            AtomicFile.Write(timings.Output, timed with { LoadSeconds = loaded.TotalSeconds });
        }
    }

    private void RefuseWithoutId(ParquetFile file)
    {
        if (!file.Columns.Any(column => string.Equals(column.Name, request.Columns.Id, StringComparison.Ordinal)))
        {
            throw new ProblemException(new Problem(
                "MLO2223",
                $"The data '{Path.GetFileName(request.Data)}' has no column '{request.Columns.Id}'.",
                "Predictions are written beside the ids of their rows.",
                "Run the verb again that writes the file: `mlops run`, or `mlops data split`."));
        }
    }
}
