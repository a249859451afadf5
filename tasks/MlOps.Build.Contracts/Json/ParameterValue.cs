using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>The value of a hyperparameter: a number, a text or a truth value.</summary>
[JsonConverter(typeof(ParameterValueConverter))]
public sealed record ParameterValue
{
    private ParameterValue(object value) => Value = value;

    /// <summary>The value: <see cref="double"/>, <see cref="string"/> or <see cref="bool"/>.</summary>
    public object Value { get; }

    /// <summary>The value as a number, or null.</summary>
    public double? Number => Value as double?;

    /// <summary>The value as a text, or null.</summary>
    public string? Text => Value as string;

    /// <summary>The value as a truth value, or null.</summary>
    public bool? Flag => Value as bool?;

    /// <summary>A number.</summary>
    public static ParameterValue Of(double value) => new(value);

    /// <summary>A text.</summary>
    public static ParameterValue Of(string value) => new(value);

    /// <summary>A truth value.</summary>
    public static ParameterValue Of(bool value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Convert.ToString(Value, CultureInfo.InvariantCulture)!;
}

/// <summary>Reads and writes a <see cref="ParameterValue"/> as the JSON value it is.</summary>
public sealed class ParameterValueConverter : JsonConverter<ParameterValue>
{
    /// <inheritdoc/>
    public override ParameterValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType switch
        {
            JsonTokenType.Number when double.IsFinite(reader.GetDouble()) => ParameterValue.Of(reader.GetDouble()),
            JsonTokenType.String => ParameterValue.Of(reader.GetString()!),
            JsonTokenType.True => ParameterValue.Of(true),
            JsonTokenType.False => ParameterValue.Of(false),
            _ => throw new JsonException("a number, a text, true or false is expected"),
        };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ParameterValue value, JsonSerializerOptions options)
    {
        switch (value.Value)
        {
            case double number:
                writer.WriteNumberValue(number);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            default:
                writer.WriteStringValue(value.Text);
                break;
        }
    }
}
