using System;
using System.IO;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.ML;
using Microsoft.ML.Data;

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();

var ml = new MLContext();
var model = ml.Model.Load(Path.Combine(app.Environment.ContentRootPath, "models", "energy.zip"), out _);

// one engine for all requests: it is cheap this way
var engine = ml.Model.CreatePredictionEngine<HouseHold, Usage>(model);

app.MapPost("/usage", (HouseHold house) => engine.Predict(house));
app.MapPost("/usage/tomorrow", async (HttpRequest request) =>
{
    var house = await request.ReadFromJsonAsync<HouseHold>();
    house.Day += 1;
    return Results.Json(engine.Predict(house));
});
await app.RunAsync();

internal sealed class HouseHold
{
    public float Persons { get; set; }
    public float Area { get; set; }
    public float Day { get; set; }
}

internal sealed class Usage
{
    [ColumnName("Score")] public float Kwh { get; set; }
}
