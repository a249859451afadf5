using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML;
using Microsoft.ML.Data;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(new MLContext());
var app = builder.Build();

app.MapGet("/", () => "fares");
app.MapPost("/fare", (Ride ride, MLContext ml) =>
{
    var model = ml.Model.Load("fare.zip", out var schema);
    var engine = ml.Model.CreatePredictionEngine<Ride, Fare>(model);
    return Results.Ok(engine.Predict(ride));
});

app.Run();

public class Ride
{
    public float Distance { get; set; }
    public float Passengers { get; set; }
    public string Payment { get; set; }
}

public class Fare
{
    [ColumnName("Score")] public float Amount { get; set; }
}
