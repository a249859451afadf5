using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlOps.Build.Serving;

/// <summary>
/// Reads times as the clock showed them. With an offset the framework would convert them to the zone of the machine,
/// and the same request would be scored differently in another data centre.
/// </summary>
internal sealed class ZonelessTimeConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String
            || !reader.TryGetDateTime(out var time)
            || time.Kind != DateTimeKind.Unspecified)
        {
            throw new JsonException();
        }

        return time;
    }

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options)
        => writer.WriteStringValue(DateTime.SpecifyKind(value, DateTimeKind.Unspecified));
}
