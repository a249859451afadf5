using System;
using System.IO;
using System.Threading;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML;
using Microsoft.ML.Data;

var builder = WebApplication.CreateBuilder(args);
var path = builder.Configuration["Model:Path"] ?? Path.Combine(AppContext.BaseDirectory, "credit.zip");
builder.Services.AddSingleton<MLContext>(_ => new MLContext());
builder.Services.AddSingleton<ITransformer>(services => services.GetRequiredService<MLContext>().Model.Load(path, out _));
builder.Services.AddSingleton(services => new ThreadLocal<PredictionEngine<Loan, Risk>>(() =>
    services.GetRequiredService<MLContext>().Model.CreatePredictionEngine<Loan, Risk>(services.GetRequiredService<ITransformer>())));

var app = builder.Build();
app.MapPost("/risk", (Loan loan, ThreadLocal<PredictionEngine<Loan, Risk>> engines) => engines.Value.Predict(loan));
app.MapPost("/risks", (Loan[] loans, MLContext ml, ITransformer model) =>
{
    var scored = model.Transform(ml.Data.LoadFromEnumerable(loans));
    return ml.Data.CreateEnumerable<Risk>(scored, reuseRowObject: false);
});
app.Run();

public sealed record Loan
{
    public float Amount { get; init; }
    public float Income { get; init; }
    public float Term { get; init; }
}

public sealed record Risk
{
    public float Probability { get; init; }
}
