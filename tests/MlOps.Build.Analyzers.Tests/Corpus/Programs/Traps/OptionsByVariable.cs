using System;
using System.IO;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;
using Microsoft.ML.Transforms;

namespace Options;

public sealed class Cell
{
    [LoadColumn(0)] public float Voltage { get; set; }
    [LoadColumn(1)] public float Charge { get; set; }
    [LoadColumn(2)] public float Life { get; set; }
}

public static class BatteryTraining
{
    public static ITransformer Run(MLContext ml, string folder, IDataView validation)
    {
        var options = new TextLoader.Options { HasHeader = true };
        options.Separators = [','];
        options.MissingRealsAsNaNs = true;
        var cells = ml.Data.LoadFromTextFile<Cell>(Path.Combine(folder, "cells.csv"), options);

        var preparation = ml.Transforms.ReplaceMissingValues(nameof(Cell.Charge), replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean)
            .Append(ml.Transforms.Concatenate("Features", nameof(Cell.Voltage), nameof(Cell.Charge)))
            .Fit(cells);
        var settings = new LightGbmRegressionTrainer.Options { LabelColumnName = nameof(Cell.Life), EarlyStoppingRound = validation is null ? 0 : 20 };
        settings.LearningRate = 0.1;
        var trainer = ml.Regression.Trainers.LightGbm(settings);
        var rows = preparation.Transform(cells);
        var predictor = validation is null ? trainer.Fit(rows) : trainer.Fit(rows, preparation.Transform(validation));
        return preparation.Append(predictor);
    }

    public static ITransformer Either(MLContext ml, IDataView train, IDataView validation)
    {
        var trainer = ml.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
        {
            LabelColumnName = nameof(Cell.Life),
            EarlyStoppingRound = 20,
            LearningRate = 0.1,
            NumberOfLeaves = 31,
            MinimumExampleCountPerLeaf = 20,
            UseCategoricalSplit = false,
        });
        if (validation is not null)
        {
            return trainer.Fit(train, validation);
        }

        return trainer.Fit(train);
    }

    public static float Ask(MLContext ml, ITransformer model, Cell cell)
    {
        var keep = new PredictionEngineOptions { OwnsTransformer = false };
        using var engine = ml.Model.CreatePredictionEngine<Cell, Lifetime>(model, keep);
        return engine.Predict(cell).Score;
    }
}

public sealed class Lifetime
{
    public float Score { get; set; }
}
