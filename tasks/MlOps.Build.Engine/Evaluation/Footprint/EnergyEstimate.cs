using System.Globalization;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Processor time as energy and emissions: two stated factors, each printed with where it comes from.</summary>
internal static class EnergyEstimate
{
    /// <summary>A busy virtual core of Azure, where hosted runners run: cloudcarbonfootprint.org, methodology, appendix I; without cooling and memory.</summary>
    public const double DefaultWatts = 3.76;

    /// <summary>Grams of CO2e for a kilowatt-hour, the world's mean: IEA, Global Energy and CO2 Status Report 2019, as CodeCarbon takes it.</summary>
    public const double DefaultGrid = 475;

    public static double WattHours(double cpuSeconds, GateConfiguration policy) => cpuSeconds * (policy.Watts ?? DefaultWatts) / 3600;

    /// <summary>The assumptions and what they make of it.</summary>
    public static string Words(double wattHours, GateConfiguration policy)
    {
        var grams = wattHours / 1000 * (policy.Grid ?? DefaultGrid);
        var mass = grams < 1 ? $"{Number(grams * 1000)} mg" : $"{Number(grams)} g";
        return $"from processor time at {Number(policy.Watts ?? DefaultWatts)} W a busy core ({Origin(policy.Watts, "a core of Azure, Cloud Carbon Footprint")}); {mass} of CO2e at {Number(policy.Grid ?? DefaultGrid)} g a kWh ({Origin(policy.Grid, "the world's mean, IEA")})";
    }

    private static string Origin(double? stated, string otherwise) => stated is null ? $"default: {otherwise}" : "stated";

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
