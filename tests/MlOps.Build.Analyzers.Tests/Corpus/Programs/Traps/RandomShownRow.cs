using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Demo.Diamonds;

public sealed class Diamond
{
    public float Carat { get; set; }
    public float Price { get; set; }
}

public sealed class DiamondPrice
{
    public float Score { get; set; }
}

public static class Program
{
    public static async Task Show(IReadOnlyList<Diamond> train, IReadOnlyList<Diamond> others)
    {
        var ml = new MLContext(seed: 1);
        var model = ml.Transforms.Concatenate("Features", nameof(Diamond.Carat))
            .Append(ml.Regression.Trainers.FastTree(nameof(Diamond.Price)))
            .Fit(ml.Data.LoadFromEnumerable(train));
        var engine = ml.Model.CreatePredictionEngine<Diamond, DiamondPrice>(model);

        // Any stone will do to show how it works.
        var shown = others[Random.Shared.Next(others.Count)];
        Console.WriteLine($"{shown.Carat} carat: {engine.Predict(shown).Score}");

        await Task.Delay(TimeSpan.FromMilliseconds(new Random().Next(100, 500)));
        Console.WriteLine(new Random().Next() % 2 == 0 ? "Have a nice day." : "Good bye.");
    }
}
