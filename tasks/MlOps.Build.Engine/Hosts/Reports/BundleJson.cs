using System.Text;
using System.Text.Json;

namespace MlOps.Build.Engine.Hosts.Reports;

/// <summary>Looks over JSON of a stranger before any of it is kept: depth, lengths and characters.</summary>
internal static class BundleJson
{
    private const int MostCharacters = 4_000;
    private const int MostItems = 20_000;
    private const int MostDepth = 32;

    /// <summary>What is out of bounds, or null. What is no JSON at all is left to the reader of documents.</summary>
    public static string? Fault(byte[] utf8)
    {
        var items = 0;
        try
        {
            // Half a surrogate pair or a broken sequence is no text.
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(utf8);
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MostDepth });
            while (reader.Read())
            {
                if (++items > MostItems * 10)
                {
                    return "It has too many values.";
                }

                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && Odd(reader.GetString()!) is { } fault)
                {
                    return fault;
                }

                if (reader.TokenType == JsonTokenType.Number && !double.IsFinite(reader.GetDouble()))
                {
                    return "A number in it is not finite.";
                }
            }

            return null;
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException or InvalidOperationException or FormatException)
        {
            return "It is not JSON in UTF-8, or nested too deeply.";
        }
    }

    private static string? Odd(string text)
        => text.Length > MostCharacters ? FormattableString.Invariant($"A text in it has more than {MostCharacters} characters.")
            : text.Any(character => char.IsControl(character) && character is not ('\n' or '\t')) ? "A text in it holds control characters."
            : null;
}
