using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Weather
{
    public class Day
    {
        public float Temperature { get; set; }
        public float Wind { get; set; }
        public float Umbrellas { get; set; }
        public DateTime Date { get; set; }
    }

    class Program
    {
        static List<Day> ReadFile(string path)
        {
            var days = new List<Day>();
            foreach (string line in File.ReadAllLines(path).Skip(1))
            {
                string[] parts = line.Split(',');
                if (parts.Length < 4)
                    continue;

                var day = new Day();
                day.Date = DateTime.Parse(parts[0]);
                day.Temperature = float.Parse(parts[1]);
                float wind;
                if (!float.TryParse(parts[2], out wind))
                    wind = float.NaN;
                day.Wind = wind;
                day.Umbrellas = Convert.ToSingle(parts[3]);
                days.Add(day);
            }

            return days;
        }

        static void Main()
        {
            var ml = new MLContext(seed: 1);
            var view = ml.Data.LoadFromEnumerable(ReadFile("weather.csv"));
            var split = ml.Data.TrainTestSplit(view, 0.2);
            var pipeline = ml.Transforms.Concatenate("Features", "Temperature", "Wind")
                .Append(ml.Regression.Trainers.FastTreeTweedie("Umbrellas"));
            var model = pipeline.Fit(split.TrainSet);
            Console.WriteLine(ml.Regression.Evaluate(model.Transform(split.TestSet), "Umbrellas").RSquared);
        }
    }
}
