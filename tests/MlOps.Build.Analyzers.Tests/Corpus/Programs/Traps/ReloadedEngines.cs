using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML;
using Microsoft.ML.Data;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<Holder>();
var app = builder.Build();
var ml = new MLContext();
var path = Path.Combine(AppContext.BaseDirectory, "noise.zip");
ITransformer current = ml.Model.Load(path, out _);
ThreadLocal<PredictionEngine<Sound, Noise>> engines = null;

app.MapPost("/reload", (Holder holder) =>
{
    var next = ml.Model.Load(path, out _);
    Interlocked.Exchange(ref current, next);
    holder.Model = next;
    engines = new ThreadLocal<PredictionEngine<Sound, Noise>>(() => ml.Model.CreatePredictionEngine<Sound, Noise>(next));
    return Results.NoContent();
});

app.MapPost("/noise", (Sound sound) =>
{
    var mine = LazyInitializer.EnsureInitialized(
        ref engines, () => new ThreadLocal<PredictionEngine<Sound, Noise>>(() => ml.Model.CreatePredictionEngine<Sound, Noise>(current)));
    return mine.Value.Predict(sound);
});

app.Run();

public sealed class Holder
{
    public ITransformer Model { get; set; }
}

public sealed class Sound
{
    public float Level { get; set; }
}

public sealed class Noise
{
    public float Score { get; set; }
}
