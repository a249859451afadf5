using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MlOps.Build.Contracts;

/// <summary>JSON in the canonical form of RFC 8785 (JCS): what digests and signatures cover.</summary>
public static class CanonicalJson
{
    /// <summary>The canonical bytes of a contract record.</summary>
    /// <typeparam name="T">The record.</typeparam>
    public static byte[] Of<T>(T document)
        where T : class
    {
        using var element = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(document, Documents.TypeInfo<T>()));
        return Of(element.RootElement);
    }

    /// <summary>The canonical bytes of a JSON value.</summary>
    public static byte[] Of(JsonElement element)
    {
        var text = new StringBuilder();
        Append(text, element);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(text, element);
                break;
            case JsonValueKind.Array:
                AppendArray(text, element);
                break;
            case JsonValueKind.String:
                AppendString(text, element.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(Number(element.GetDouble()));
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    private static void AppendObject(StringBuilder text, JsonElement element)
    {
        text.Append('{');
        var separator = string.Empty;

        // RFC 8785 3.2.3: by UTF-16 code units, which is what ordinal comparison does.
        foreach (var property in element.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            text.Append(separator);
            AppendString(text, property.Name);
            text.Append(':');
            Append(text, property.Value);
            separator = ",";
        }

        text.Append('}');
    }

    private static void AppendArray(StringBuilder text, JsonElement element)
    {
        text.Append('[');
        var separator = string.Empty;
        foreach (var item in element.EnumerateArray())
        {
            text.Append(separator);
            Append(text, item);
            separator = ",";
        }

        text.Append(']');
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }

    /// <summary>ECMAScript's Number::toString, as RFC 8785 3.2.2.3 asks.</summary>
    private static string Number(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var digits = Digits(value.ToString("R", CultureInfo.InvariantCulture), out var exponent);
        var sign = value < 0 ? "-" : string.Empty;
        var count = digits.Length;
        return sign + exponent switch
        {
            var n when n >= count && n <= 21 => digits + new string('0', n - count),
            > 0 and <= 21 => digits[..exponent] + "." + digits[exponent..],
            > -6 and <= 0 => "0." + new string('0', -exponent) + digits,
            _ => Scientific(digits, exponent - 1),
        };
    }

    private static string Scientific(string digits, int exponent)
        => (digits.Length == 1 ? digits : digits[..1] + "." + digits[1..])
            + "e" + (exponent < 0 ? "-" : "+") + Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);

    /// <summary>The significant digits of a number and the place of its decimal point, counted from their start.</summary>
    private static string Digits(string text, out int exponent)
    {
        var mantissa = text.AsSpan().TrimStart('-');
        var shift = 0;
        if (mantissa.IndexOf('E') is var e and >= 0)
        {
            shift = int.Parse(mantissa[(e + 1)..], CultureInfo.InvariantCulture);
            mantissa = mantissa[..e];
        }

        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa.Length : point;
        var all = mantissa.ToString().Replace(".", string.Empty, StringComparison.Ordinal);
        var leading = all.Length - all.TrimStart('0').Length;
        exponent = whole - leading + shift;
        return all.TrimStart('0').TrimEnd('0');
    }
}
