using System;
using System.Threading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Wine.Web
{
    public class Bottle
    {
        public float Alcohol { get; set; }
        public float Sugar { get; set; }
    }

    public class Quality
    {
        public float Score { get; set; }
    }

    public static class Taster
    {
        private static readonly MLContext Context = new();
        private static readonly ITransformer Model = Context.Model.Load("wine.zip", out _);

        private static readonly Lazy<PredictionEngine<Bottle, Quality>> Shared =
            new(() => Context.Model.CreatePredictionEngine<Bottle, Quality>(Model));

        [ThreadStatic]
        private static PredictionEngine<Bottle, Quality> mine;

        public static Quality TasteShared(Bottle bottle) => Shared.Value.Predict(bottle);

        public static Quality Taste(Bottle bottle)
        {
            mine ??= Context.Model.CreatePredictionEngine<Bottle, Quality>(Model);
            return mine.Predict(bottle);
        }
    }

    public static class Program
    {
        public static void Main(string[] args)
        {
            var app = WebApplication.Create(args);
            app.MapPost("/taste", Taster.Taste);
            app.MapPost("/taste-shared", (Bottle bottle) => Taster.TasteShared(bottle));
            app.Run();
        }
    }
}
