using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlOps.Build.Serving;

/// <summary>Reads null as NaN, as trainers read a null in their data, and refuses what is too large for the type.</summary>
internal sealed class MissingSingleConverter : JsonConverter<float>
{
    public override bool HandleNull => true;

    public override float Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = reader.TokenType switch
        {
            JsonTokenType.Null => float.NaN,
            JsonTokenType.Number => reader.GetSingle(),
            _ => throw new JsonException(),
        };
        return float.IsInfinity(value) ? throw new JsonException() : value;
    }

    public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options)
    {
        if (float.IsNaN(value))
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteNumberValue(value);
        }
    }
}

/// <inheritdoc cref="MissingSingleConverter"/>
internal sealed class MissingDoubleConverter : JsonConverter<double>
{
    public override bool HandleNull => true;

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = reader.TokenType switch
        {
            JsonTokenType.Null => double.NaN,
            JsonTokenType.Number => reader.GetDouble(),
            _ => throw new JsonException(),
        };
        return double.IsInfinity(value) ? throw new JsonException() : value;
    }

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsNaN(value))
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteNumberValue(value);
        }
    }
}
