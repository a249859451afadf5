using LateFlights.Model;
using MlOps.Build.Serving;

namespace LateFlights.Serving;

/// <summary>
/// POST /score answers one flight or a list of them with the model that deployment.json names; GET /mlops/health says
/// which one that is; /openapi/v1.json describes both.
/// </summary>
public static class ScoringService
{
    /// <summary>A flight that every model must be able to answer before it takes over.</summary>
    public static Flight Sample { get; } = new()
    {
        Date = new DateTime(2001, 6, 15, 17, 55, 0),
        Distance = 1846,
        Origin = "ORD",
        Destination = "SFO",
    };

    /// <summary>The service, ready to run; tests change how it listens.</summary>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddMlOpsServing<Flight, FlightPrediction>(options => options.Sample = Sample);
        configure?.Invoke(builder);
        var service = builder.Build();
        service.MapMlOps();
        return service;
    }
}
