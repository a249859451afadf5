using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>Refuses NaN and infinities in both directions: no JSON reader agrees on them.</summary>
public sealed class FiniteDoubleConverter : JsonConverter<double>
{
    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            throw new JsonException("a number is expected");
        }

        var value = reader.GetDouble();
        return double.IsFinite(value) ? value : throw new JsonException("the number is too large");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (!double.IsFinite(value))
        {
            throw new JsonException($"the value {value} is not a finite number");
        }

        writer.WriteNumberValue(value);
    }
}
