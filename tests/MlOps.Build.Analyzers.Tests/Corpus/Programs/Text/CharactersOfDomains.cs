using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dns
{
    internal readonly record struct Verdict(string Domain, bool Generated, float Score);

    internal sealed class Domain
    {
        public string Name { get; set; } = "";
        public bool Label { get; set; }
    }

    internal sealed class DomainScore
    {
        public string Name { get; set; } = "";
        public bool PredictedLabel { get; set; }
        public float Score { get; set; }
    }

    internal static class Program
    {
        private static IEnumerable<Domain> Read(string file, bool bad) =>
            from line in File.ReadLines(file)
            let name = line.Trim().ToLowerInvariant()
            where name.Length > 3 && !name.StartsWith('#')
            select new Domain { Name = name.Split('.')[0], Label = bad };

        private static void Main()
        {
            var ml = new MLContext(seed: 31);
            var rows = Read("top-sites.txt", bad: false).Concat(Read("generated.txt", bad: true)).ToList();
            var view = ml.Data.ShuffleRows(ml.Data.LoadFromEnumerable(rows), seed: 31);
            var split = ml.Data.TrainTestSplit(view, testFraction: 0.2);

            var pipeline = ml.Transforms.Text.TokenizeIntoCharactersAsKeys("Chars", nameof(Domain.Name), useMarkerCharacters: false)
                .Append(ml.Transforms.Text.ProduceNgrams("Features", "Chars", ngramLength: 3, useAllLengths: true, maximumNgramsCount: 20_000))
                .Append(ml.BinaryClassification.Trainers.AveragedPerceptron(numberOfIterations: 20));
            var model = pipeline.Fit(split.TrainSet);

            var scored = ml.Data.Cache(model.Transform(split.TestSet));
            Console.WriteLine(ml.BinaryClassification.EvaluateNonCalibrated(scored).AreaUnderRocCurve);
            var worst = ml.Data.CreateEnumerable<DomainScore>(scored, reuseRowObject: false)
                .Select(row => new Verdict(row.Name, row.PredictedLabel, row.Score))
                .OrderByDescending(verdict => verdict.Score)
                .Take(10);
            foreach (var verdict in worst)
            {
                Console.WriteLine(verdict);
            }
        }
    }
}
