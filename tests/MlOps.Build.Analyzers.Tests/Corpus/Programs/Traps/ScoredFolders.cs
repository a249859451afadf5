using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Folders;

public sealed class Page
{
    public string File { get; set; }
    public string Text { get; set; }
}

public sealed class Kind
{
    public string File { get; set; }
    public string PredictedLabel { get; set; }
}

public static class Program
{
    public static void Main(string[] args)
    {
        var ml = new MLContext();
        var model = ml.Model.Load(Path.Combine(AppContext.BaseDirectory, "pages.zip"), out _);
        var pages = Directory.EnumerateFiles(args[0], "*.txt").Select(file => new Page { File = file, Text = File.ReadAllText(file) });
        var kinds = ml.Data.CreateEnumerable<Kind>(model.Transform(ml.Data.LoadFromEnumerable(pages)), reuseRowObject: false);
        foreach (var kind in kinds)
        {
            Console.WriteLine($"{kind.File}: {kind.PredictedLabel}");
        }
    }

    public static IReadOnlyList<Kind> Fast(MLContext ml, ITransformer model, IEnumerable<string> files) =>
        ml.Data.CreateEnumerable<Kind>(
            model.Transform(ml.Data.LoadFromEnumerable(files.AsParallel().Select(file => new Page { File = file, Text = File.ReadAllText(file) }))),
            reuseRowObject: false).ToList();
}
