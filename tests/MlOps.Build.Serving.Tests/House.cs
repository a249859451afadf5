using System.Text.Json.Serialization;
using Microsoft.ML.Data;

namespace MlOps.Build.Serving.Tests;

/// <summary>The row of the fixture's model: what a client sends and what ML.NET reads.</summary>
public sealed class House
{
    [JsonPropertyName("area")]
    public float Area { get; set; }

    [JsonPropertyName("town")]
    public string Town { get; set; } = string.Empty;

    public static House Example => new() { Area = 100, Town = "Ulm" };
}

/// <summary>The answer of the fixture's model.</summary>
public sealed class Price
{
    [ColumnName("Score")]
    public float Value { get; set; }
}
