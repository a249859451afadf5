using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>A fitted model.</summary>
/// <param name="Model">What is saved.</param>
/// <param name="Features">The columns of a row that the features are made of.</param>
/// <param name="Classes">The classes in the order of the scores, if there are several.</param>
/// <param name="ScoredValidation">The validation rows as it scores them.</param>
internal sealed record FittedModel(ITransformer Model, string[] Features, string[] Classes, IDataView? ScoredValidation);

/// <summary>
/// Fits features on training rows, then the algorithm on featurised rows, because only the algorithm itself can be
/// given validation rows (https://github.com/dotnet/machinelearning/issues/3603).
/// </summary>
internal static class Fitting
{
    public static FittedModel Fit(TrainingContext context, IModelDefinition definition, TrainingRows rows)
    {
        var features = definition.Features(context);
        var learner = definition.Learner(context);
        context.Parameters.RefuseUnread();
        RefuseOtherTask(context, learner);

        var labels = Labels(context, rows.Train);
        var train = labels.Transform(rows.Train);
        var featurizer = features.Fit(train);
        var trainFeatures = Kept(context, learner, featurizer.Transform(train));
        var validationFeatures = rows.Validation is null ? null : featurizer.Transform(labels.Transform(rows.Validation));
        context.Message(string.Create(
            CultureInfo.InvariantCulture,
            $"{learner.Name} learns from {rows.Train.Rows} rows and {Slots(trainFeatures)} features"));

        var predictor = learner.Fit(trainFeatures, validationFeatures);
        var model = new TransformerChain<ITransformer>([featurizer, predictor, .. Names(context, predictor, trainFeatures)]);
        var scored = validationFeatures is null ? null : predictor.Transform(validationFeatures);
        return new FittedModel(model, Used(featurizer, train.Schema), Classes(train), scored);
    }

    private static ITransformer Labels(TrainingContext context, IDataView train)
        => context.Task == ModelTask.MulticlassClassification
            ? context.Ml.Transforms.Conversion.MapValueToKey(
                TrainingContext.LabelColumn, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(train)
            : new TransformerChain<ITransformer>();

    private static string[] Used(ITransformer featurizer, DataViewSchema input)
    {
        if (!featurizer.IsRowToRowMapper)
        {
            return [.. input.Where(column => column.Name != TrainingContext.LabelColumn).Select(column => column.Name)];
        }

        var mapper = featurizer.GetRowToRowMapper(input);
        return [.. mapper.GetDependencies([mapper.OutputSchema[TrainingContext.FeatureColumn]]).Select(column => column.Name)];
    }

    private static string[] Classes(IDataView train)
    {
        var column = train.Schema[TrainingContext.LabelColumn];
        if (column.Type is not KeyDataViewType)
        {
            return [];
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    // PredictedLabel of several classes is a key; users and services want its name.
    private static IEnumerable<ITransformer> Names(TrainingContext context, ITransformer predictor, IDataView features)
    {
        const string predicted = "PredictedLabel";
        var schema = predictor.GetOutputSchema(features.Schema);
        if (schema.GetColumnOrNull(predicted)?.Type is KeyDataViewType)
        {
            yield return context.Ml.Transforms.Conversion.MapKeyToValue(predicted).Fit(predictor.Transform(features));
        }
    }

    private static IDataView Kept(TrainingContext context, Learner learner, IDataView features)
        => learner.ReadsRowsOften ? context.Ml.Data.Cache(features) : features;

    private static int Slots(IDataView features)
        => features.Schema.GetColumnOrNull(TrainingContext.FeatureColumn)?.Type is VectorDataViewType { Size: > 0 } vector
            ? vector.Size
            : throw new ProblemException(new Problem(
                "MLO2224",
                $"The feature steps do not end in a vector named '{TrainingContext.FeatureColumn}'.",
                $"They give {string.Join(", ", features.Schema.Select(column => column.Name))}.",
                $"End them with ml.Transforms.Concatenate(\"{TrainingContext.FeatureColumn}\", ...)."));

    private static void RefuseOtherTask(TrainingContext context, Learner learner)
    {
        if (learner.Task is { } task && task != context.Task)
        {
            throw new ProblemException(new Problem(
                "MLO2231",
                $"{learner.Name} does not fit the task.",
                $"The request wants {context.Task}; the model makes {task}.",
                "Change task in mlops.yml or the learner of the model."));
        }
    }
}
