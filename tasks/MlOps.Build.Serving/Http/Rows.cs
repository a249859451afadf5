using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MlOps.Build.Serving;

/// <summary>The rows of a request: one object, or an array of objects.</summary>
/// <param name="Single">The row, when the body is one object.</param>
/// <param name="Many">The rows, when the body is an array.</param>
internal readonly record struct Rows<TInput>(TInput? Single, List<TInput>? Many)
    where TInput : class
{
    public int Count => Many?.Count ?? 1;

    /// <summary>Reads a complete body.</summary>
    /// <exception cref="JsonException">The body is not what <paramref name="type"/> describes.</exception>
    /// <exception cref="TooManyRowsException">There are more rows than allowed.</exception>
    public static Rows<TInput> Read(ReadOnlySequence<byte> body, JsonTypeInfo<TInput> type, int maximum)
    {
        var reader = body.IsSingleSegment ? new Utf8JsonReader(body.FirstSpan) : new Utf8JsonReader(body);
        reader.Read();
        var rows = reader.TokenType == JsonTokenType.StartArray
            ? new Rows<TInput>(null, Array(ref reader, type, maximum))
            : new Rows<TInput>(One(ref reader, type), null);
        reader.Read();
        return rows;
    }

    private static List<TInput> Array(ref Utf8JsonReader reader, JsonTypeInfo<TInput> type, int maximum)
    {
        var rows = new List<TInput>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (rows.Count == maximum)
            {
                throw new TooManyRowsException();
            }

            rows.Add(One(ref reader, type));
        }

        return rows;
    }

    private static TInput One(ref Utf8JsonReader reader, JsonTypeInfo<TInput> type)
        => JsonSerializer.Deserialize(ref reader, type) ?? throw new JsonException("A row is null.");
}

/// <summary>A request has more rows than the options allow.</summary>
internal sealed class TooManyRowsException : Exception;
