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
        var model = ScoringModel.Load(ml, request.ModelDirectory);
        using var file = ParquetFile.Open(request.Data, request.Threads);
        RefuseWithoutId(file);
        using var predictions = new PredictionFile(request.Data, request.Columns.Id, model.Schema);
        foreach (var rows in new RowLoader(definition.InputType, file).Read([], null, BatchRows, cancellationToken))
        {
            model.Score(rows, predictions.Add);
        }

        cancellationToken.ThrowIfCancellationRequested();
        predictions.Write(request.Output, file.Rows);
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
