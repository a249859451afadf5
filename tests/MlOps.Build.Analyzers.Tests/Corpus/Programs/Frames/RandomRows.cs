using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Simulation
{
    public class Point
    {
        public float X { get; set; }
        public float Y { get; set; }
        public bool Inside { get; set; }
    }

    public static class Program
    {
        private static IEnumerable<Point> Draw(Random random, int count)
        {
            for (var i = 0; i < count; i++)
            {
                var point = new Point { X = random.NextSingle(), Y = random.NextSingle() };
                point.Inside = point.X * point.X + point.Y * point.Y < 1;
                yield return point;
            }
        }

        public static void Main()
        {
            var ml = new MLContext(seed: 1);
            var seeded = ml.Data.LoadFromEnumerable(Draw(new Random(42), 1_000).ToList());
            var unseeded = ml.Data.LoadFromEnumerable(Draw(new Random(), 1_000).ToList());
            var sample = Draw(new Random(7), 10_000).OrderBy(_ => Random.Shared.Next()).Take(500).ToArray();

            var pipeline = ml.Transforms.Concatenate("Features", nameof(Point.X), nameof(Point.Y))
                .Append(ml.BinaryClassification.Trainers.FastTree(nameof(Point.Inside)));
            var model = pipeline.Fit(seeded);
            var metrics = ml.BinaryClassification.Evaluate(model.Transform(unseeded), nameof(Point.Inside));
            var again = ml.BinaryClassification.Evaluate(model.Transform(ml.Data.LoadFromEnumerable(sample)), nameof(Point.Inside));
            Console.WriteLine($"{metrics.AreaUnderRocCurve} {again.AreaUnderRocCurve}");
        }
    }
}
