using Microsoft.ML;
using Microsoft.ML.Data;

namespace Simulation;

public class Point
{
    public float X { get; set; }
    public float Y { get; set; }
}

public static class Program
{
    public static void Main()
    {
        var random = new Random();
        var points = Enumerable.Range(0, 1000)
            .Select(i => new Point { X = i, Y = (3 * i) + (float)random.NextDouble() })
            .OrderBy(_ => Guid.NewGuid())
            .ToList();
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromEnumerable(points);
        var model = ml.Transforms.Concatenate("Features", nameof(Point.X))
            .Append(ml.Regression.Trainers.OnlineGradientDescent(nameof(Point.Y)))
            .Fit(data);
        Console.WriteLine(model.LastTransformer.Model.Bias);
    }
}
