#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using static Shop.Catalogue.Columns;

namespace Shop.Catalogue;

internal static class Columns
{
    public const string Features = nameof(Features);
    public const string Label = nameof(Label);
    public const string Title = nameof(Title);
    public const string Notes = "Description";
}

public sealed class Product
{
    public string? Title { get; set; }
    public string? Description { get; set; }
    public string? Category { get; set; }
}

public sealed class ProductCategory
{
    [ColumnName("PredictedLabel")] public string? Category { get; set; }
    public float[] Score { get; set; } = [];
}

public class CategoryModel
{
    private readonly MLContext _ml;

    public CategoryModel(MLContext ml) => _ml = ml;

    public ITransformer Train(IEnumerable<Product> products)
    {
        var view = _ml.Data.LoadFromEnumerable(products.Where(p => p.Category is not null));
        return _ml.Transforms.Conversion.MapValueToKey(Label, nameof(Product.Category))
            .Append(_ml.Transforms.Text.ProduceHashedWordBags("TitleBag", Title, numberOfBits: 12, ngramLength: 2))
            .Append(_ml.Transforms.Text.ProduceHashedWordBags("NotesBag", Notes, numberOfBits: 14))
            .Append(_ml.Transforms.Concatenate(Features, "TitleBag", "NotesBag"))
            .Append(_ml.MulticlassClassification.Trainers.OneVersusAll(_ml.BinaryClassification.Trainers.LinearSvm()))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(view);
    }

    public (string? Category, float Confidence) Best(ITransformer model, Product product)
    {
        using var engine = _ml.Model.CreatePredictionEngine<Product, ProductCategory>(model);
        var answer = engine.Predict(product);
        return (answer.Category, answer.Score.DefaultIfEmpty().Max());
    }
}
