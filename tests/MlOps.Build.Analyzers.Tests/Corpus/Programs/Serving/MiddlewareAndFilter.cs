using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Gateway;

public class RequestShape
{
    public float PathLength { get; set; }
    public float HeaderCount { get; set; }
    public float BodyLength { get; set; }
}

public class Attack
{
    public bool PredictedLabel { get; set; }
}

public class AttackGuard
{
    private readonly RequestDelegate next;
    private readonly PredictionEngine<RequestShape, Attack> engine;

    public AttackGuard(RequestDelegate next, MLContext ml)
    {
        this.next = next;
        engine = ml.Model.CreatePredictionEngine<RequestShape, Attack>(ml.Model.Load("attacks.zip", out _));
    }

    public async Task InvokeAsync(HttpContext context)
    {
        var shape = new RequestShape
        {
            PathLength = context.Request.Path.Value?.Length ?? 0,
            HeaderCount = context.Request.Headers.Count,
            BodyLength = context.Request.ContentLength ?? 0,
        };
        if (engine.Predict(shape).PredictedLabel)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        await next(context);
    }
}

public static class Program
{
    public static void Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton<MLContext>();
        var app = builder.Build();
        app.UseMiddleware<AttackGuard>();
        app.MapGet("/", () => "ok");
        app.Run();
    }
}
