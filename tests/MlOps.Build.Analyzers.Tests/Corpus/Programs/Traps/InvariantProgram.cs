using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Invariant;

public sealed class Order
{
    public float Amount { get; set; }
    public float Items { get; set; }
    public float Days { get; set; }
}

public static class Program
{
    public static void Main(string[] args)
    {
        // The whole program speaks one language, whatever the machine speaks.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        var ml = new MLContext(seed: 1);
        var orders = ml.Data.LoadFromEnumerable(File.ReadLines(args[0]).Skip(1).Select(Read));
        var split = ml.Data.TrainTestSplit(orders, 0.2);
        var model = ml.Transforms.Concatenate("Features", nameof(Order.Amount), nameof(Order.Items))
            .Append(ml.Regression.Trainers.FastTree(nameof(Order.Days)))
            .Fit(split.TrainSet);
        Console.WriteLine(ml.Regression.Evaluate(model.Transform(split.TestSet), nameof(Order.Days)).MeanAbsoluteError);
    }

    private static Order Read(string line)
    {
        var cells = line.Split(',');
        return new Order { Amount = float.Parse(cells[0]), Items = float.Parse(cells[1]), Days = float.Parse(cells[2]) };
    }
}
