using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using static System.Globalization.CultureInfo;

namespace Weather.Careful;

public sealed record Day(DateTime Date, float Temperature, float Wind, float Umbrellas)
{
    public static Day From(string line)
    {
        var cells = line.Split(',');
        return new Day(
            DateTime.ParseExact(cells[0], "yyyy-MM-dd", InvariantCulture),
            float.Parse(cells[1], NumberStyles.Float, InvariantCulture),
            float.TryParse(cells[2], NumberStyles.Float, InvariantCulture, out var wind) ? wind : float.NaN,
            Convert.ToSingle(cells[3], NumberFormatInfo.InvariantInfo));
    }
}

public static class Program
{
    public static int Main(string[] args)
    {
        // Typed by the user of this machine, so by its culture.
        var fraction = args.Length > 1 ? double.Parse(args[1], CurrentCulture) : 0.2;
        var count = args.Length > 2 ? int.Parse(args[2]) : int.MaxValue;

        var ml = new MLContext(seed: 1);
        var view = ml.Data.LoadFromEnumerable(File.ReadLines(args[0]).Skip(1).Take(count).Select(Day.From));
        var split = ml.Data.TrainTestSplit(ml.Data.Cache(view), fraction);
        var model = ml.Transforms.Concatenate("Features", nameof(Day.Temperature), nameof(Day.Wind))
            .Append(ml.Regression.Trainers.FastTreeTweedie(nameof(Day.Umbrellas)))
            .Fit(split.TrainSet);
        var metrics = ml.Regression.Evaluate(model.Transform(split.TestSet), nameof(Day.Umbrellas));
        Console.WriteLine(metrics.RSquared.ToString("F3", InvariantCulture));
        return metrics.RSquared > 0 ? 0 : 1;
    }
}
