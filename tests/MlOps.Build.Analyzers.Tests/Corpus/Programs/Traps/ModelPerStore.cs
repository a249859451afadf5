using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stores.Many;

public sealed class Week
{
    public float Number { get; set; }
    public float Price { get; set; }
    public float Units { get; set; }
}

public sealed class Units
{
    public float Score { get; set; }
}

public static class Program
{
    public static void TrainAll(MLContext ml, IReadOnlyDictionary<string, List<Week>> stores)
    {
        foreach (var (name, weeks) in stores.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var split = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(weeks), 0.2);
            var model = ml.Transforms.Concatenate("Features", nameof(Week.Number), nameof(Week.Price))
                .Append(ml.Regression.Trainers.FastTree(nameof(Week.Units)))
                .Fit(split.TrainSet);
            Console.WriteLine($"{name} {ml.Regression.Evaluate(model.Transform(split.TestSet), nameof(Week.Units)).RSquared:F2}");
            ml.Model.Save(model, split.TrainSet.Schema, Path.Combine("models", name + ".zip"));
            using var engine = ml.Model.CreatePredictionEngine<Week, Units>(model);
            Console.WriteLine(engine.Predict(weeks[^1]).Score);
        }
    }

    public static Dictionary<string, float> AskAll(MLContext ml, Week week)
    {
        var answers = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles("models", "*.zip"))
        {
            var model = ml.Model.Load(file, out _);
            using var engine = ml.Model.CreatePredictionEngine<Week, Units>(model);
            answers[Path.GetFileNameWithoutExtension(file)] = engine.Predict(week).Score;
        }

        return answers;
    }

    public static async Task Watch(MLContext ml, string file, Func<Week> next)
    {
        while (true)
        {
            var model = ml.Model.Load(file, out _);
            var engine = ml.Model.CreatePredictionEngine<Week, Units>(model);
            Console.WriteLine(engine.Predict(next()).Score);
            await Task.Delay(TimeSpan.FromHours(1));
        }
    }
}
