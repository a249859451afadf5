using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Energy.Serving;

public record MeterInput(float Temperature, float Hour, float Weekday);

public class MeterOutput
{
    public float Score { get; set; }
}

public interface IForecast
{
    float Next(MeterInput input);
}

public class Forecast : IForecast
{
    private readonly PredictionEngine<MeterInput, MeterOutput> _engine;

    public Forecast(MLContext ml, ITransformer model) =>
        _engine = ml.Model.CreatePredictionEngine<MeterInput, MeterOutput>(model);

    public float Next(MeterInput input) => _engine.Predict(input).Score;
}

public class LockedForecast(MLContext ml, ITransformer model) : IForecast
{
    private readonly object gate = new();
    private readonly PredictionEngine<MeterInput, MeterOutput> engine = ml.Model.CreatePredictionEngine<MeterInput, MeterOutput>(model);

    public float Next(MeterInput input)
    {
        lock (gate)
        {
            return engine.Predict(input).Score;
        }
    }
}

public static class Program
{
    public static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var ml = new MLContext();
        builder.Services.AddSingleton(ml);
        builder.Services.AddSingleton(ml.Model.Load("forecast.zip", out _));
        builder.Services.AddSingleton<IForecast, Forecast>();
        builder.Services.AddKeyedSingleton<IForecast, LockedForecast>("careful");

        var app = builder.Build();
        app.MapPost("/next", (MeterInput input, IForecast forecast) => Results.Ok(forecast.Next(input)));
        await app.RunAsync();
    }
}
