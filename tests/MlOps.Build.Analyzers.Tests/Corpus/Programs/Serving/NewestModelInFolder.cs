using System;
using System.IO;
using System.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML;

namespace Warehouse.Demand;

public sealed class OrderLine
{
    public float Quantity { get; set; }

    public float DaysSincePromotion { get; set; }
}

public sealed class Demand
{
    public float Score { get; set; }
}

/// <summary>The nightly job writes demand-20260105.zip and its like; the service takes the last one.</summary>
public static class DemandModels
{
    public static void AddDemandModel(this IServiceCollection services, string folder)
    {
        var context = new MLContext();
        var newest = new DirectoryInfo(folder)
            .GetFiles("demand-*.zip")
            .OrderByDescending(file => file.LastWriteTimeUtc)
            .FirstOrDefault() ?? throw new FileNotFoundException("No model was found.", folder);
        var model = context.Model.Load(newest.FullName, out _);
        services.AddSingleton(model);
    }

    public static ITransformer Pinned(MLContext context, string folder, string version)
    {
        var path = Path.Combine(folder, $"demand-{version}.zip");
        return context.Model.Load(path, out _);
    }

    public static ITransformer Only(MLContext context, string folder) =>
        context.Model.Load(Directory.GetFiles(folder, "*.zip").Single(), out _);
}
