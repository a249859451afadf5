using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MlOps.Build.Serving;

/// <summary>
/// Says precisely what is wrong with a body that could not be read. Runs only after the fast reader has refused it.
/// </summary>
internal static class InputFaults
{
    private const int Most = 20;

    public static IReadOnlyList<InputFault> Find(ReadOnlySequence<byte> body, JsonTypeInfo row, JsonException refusal)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException malformed)
        {
            return [Malformed(malformed)];
        }

        var otherwise = new InputFault(Pointer(refusal.Path), FirstSentence(refusal.Message));
        try
        {
            var faults = Rows(document.RootElement).SelectMany(item => Faults(item.Pointer, item.Row, row)).Take(Most).ToArray();
            return faults.Length > 0 ? faults : [otherwise];
        }
        catch (InvalidOperationException)
        {
            // A name that is no valid Unicode, such as "\ud800".
            return [otherwise];
        }
        finally
        {
            document.Dispose();
        }
    }

    private static InputFault Malformed(JsonException malformed)
    {
        var line = (malformed.LineNumber ?? 0) + 1;
        var column = (malformed.BytePositionInLine ?? 0) + 1;
        return new InputFault(
            string.Empty,
            string.Create(CultureInfo.InvariantCulture, $"The body is not JSON: line {line}, byte {column}."));
    }

    private static IEnumerable<(string Pointer, JsonElement Row)> Rows(JsonElement root)
        => root.ValueKind == JsonValueKind.Array
            ? root.EnumerateArray().Select((row, index) => ($"/{index.ToString(CultureInfo.InvariantCulture)}", row))
            : [(string.Empty, root)];

    private static IEnumerable<InputFault> Faults(string pointer, JsonElement row, JsonTypeInfo type)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return [new InputFault(pointer, $"An object is expected, not {Word(row)}.")];
        }

        var known = type.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        var sent = row.EnumerateObject().ToArray();
        return
        [
            .. sent.Where(property => !known.ContainsKey(property.Name)).Select(property => Unknown(pointer, property, known.Keys)),
            .. sent.GroupBy(property => property.Name, StringComparer.Ordinal).Where(group => group.Count() > 1)
                .Select(group => new InputFault(Child(pointer, group.Key), $"'{group.Key}' is there twice.")),
            .. known.Values.Where(property => property.IsRequired && !row.TryGetProperty(property.Name, out _))
                .Select(property => new InputFault(pointer, $"'{property.Name}' is missing; {Expected(property)} is expected.")),
            .. sent.Where(property => known.ContainsKey(property.Name) && !Fits(property.Value, known[property.Name]))
                .Select(property => Mistyped(pointer, property, known[property.Name])),
        ];
    }

    private static InputFault Unknown(string pointer, JsonProperty property, IEnumerable<string> known)
    {
        var suggestion = Suggestion.For(property.Name, known) is { } name ? $" Did you mean '{name}'?" : string.Empty;
        return new InputFault(Child(pointer, property.Name), $"'{property.Name}' is unknown.{suggestion}");
    }

    private static InputFault Mistyped(string pointer, JsonProperty sent, JsonPropertyInfo property)
        => new(
            Child(pointer, sent.Name),
            $"'{sent.Name}' is {Word(sent.Value)}; {Expected(property)} is expected.");

    private static bool Fits(JsonElement value, JsonPropertyInfo property)
    {
        if (InputContract.IsMissable(property))
        {
            return value.ValueKind == JsonValueKind.Null
                || (value.ValueKind == JsonValueKind.Number
                    && (property.PropertyType == typeof(float)
                        ? value.TryGetSingle(out var single) && float.IsFinite(single)
                        : value.TryGetDouble(out var number) && double.IsFinite(number)));
        }

        if (property.CustomConverter is ZonelessTimeConverter)
        {
            return value.ValueKind == JsonValueKind.String
                && value.TryGetDateTime(out var time) && time.Kind == DateTimeKind.Unspecified;
        }

        try
        {
            return value.Deserialize(property.Options.GetTypeInfo(property.PropertyType)) is not null || !property.IsRequired;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Expected(JsonPropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type))}",
            TypeCode.Decimal => "a number",
            TypeCode.Single or TypeCode.Double => "a number (or null, if it is missing)",
            >= TypeCode.SByte and <= TypeCode.UInt64 => "a whole number",
            TypeCode.Boolean => "true or false",
            TypeCode.String => "a text",
            TypeCode.DateTime => "a time without a zone such as 2026-01-31T08:00:00",
            _ => $"a value of type {type.Name}",
        };
    }

    private static string Word(JsonElement value)
        => value.ValueKind switch
        {
            JsonValueKind.Null => "null",
            JsonValueKind.String => "a text",
            JsonValueKind.Array => "an array",
            JsonValueKind.Object => "an object",
            JsonValueKind.Number => $"the number {(value.GetRawText() is { Length: > 40 } text ? text[..40] : value.GetRawText())}",
            _ => value.GetRawText(),
        };

    private static string Child(string pointer, string name)
        => $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>A path such as <c>$.distance</c> as a pointer.</summary>
    private static string Pointer(string? path)
        => path is null or "$" ? string.Empty : path.TrimStart('$').Replace('.', '/').Replace("[", "/", StringComparison.Ordinal)
            .Replace("]", string.Empty, StringComparison.Ordinal);

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
