using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.ML;
using Microsoft.ML.Data;

var app = WebApplication.Create(args);
var ml = new MLContext();
var engines = new ConcurrentDictionary<string, ThreadLocal<PredictionEngine<Sensor, Reading>>>(StringComparer.Ordinal);
var models = new ConcurrentDictionary<string, Lazy<ITransformer>>(StringComparer.Ordinal);

app.MapPost("/{plant}/score", (string plant, Sensor sensor) =>
{
    var engine = engines.GetOrAdd(
        Path.GetFileName(plant),
        name => new ThreadLocal<PredictionEngine<Sensor, Reading>>(() =>
            ml.Model.CreatePredictionEngine<Sensor, Reading>(ml.Model.Load(Path.Combine("models", name + ".zip"), out _))));
    return engine.Value.Predict(sensor);
});

app.MapPost("/{plant}/bulk", (string plant, Sensor[] sensors) =>
{
    var model = models.GetOrAdd(plant, name => new Lazy<ITransformer>(() => ml.Model.Load(Path.Combine("models", name + ".zip"), out _))).Value;
    return ml.Data.CreateEnumerable<Reading>(model.Transform(ml.Data.LoadFromEnumerable(sensors)), reuseRowObject: false);
});

app.MapPost("/{plant}/reload", (string plant) =>
{
    models[plant] = new Lazy<ITransformer>(ml.Model.Load(Path.Combine("models", Path.GetFileName(plant) + ".zip"), out _));
    return Results.NoContent();
});
app.Run();

public class Sensor
{
    public float Level { get; set; }
}

public class Reading
{
    public float Score { get; set; }
}
