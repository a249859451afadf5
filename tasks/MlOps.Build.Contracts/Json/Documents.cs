using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MlOps.Build.Contracts;

/// <summary>Reads and writes contract documents, strictly: what does not fit is a <see cref="Problem"/>.</summary>
public static class Documents
{
    /// <summary>The largest document that is read, in bytes (64 MiB).</summary>
    public const long MaximumBytes = 64L * 1024 * 1024;

    /// <summary>Reads a document from a file.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <exception cref="ProblemException">MLO2001: missing, oversize, another schema, a missing or mistyped field.</exception>
    public static T Read<T>(string path)
        where T : class, IDocument
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw Refuse(path, "There is no such file.", ExitCode.Unavailable);
        }

        if (file.Length > MaximumBytes)
        {
            throw Refuse(path, $"It has {file.Length} bytes; at most {MaximumBytes} are read.");
        }

        return Parse<T>(File.ReadAllBytes(path), path);
    }

    /// <summary>Reads a document from bytes; <paramref name="name"/> is what messages call it.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <exception cref="ProblemException">MLO2001: as <see cref="Read{T}"/>.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> utf8, string name)
        where T : class, IDocument
    {
        if (utf8.Length > MaximumBytes)
        {
            throw Refuse(name, $"It has {utf8.Length} bytes; at most {MaximumBytes} are read.");
        }

        utf8 = utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        try
        {
            var head = JsonSerializer.Deserialize(utf8, ContractContext.Default.DocumentHead);
            if (head?.Schema != T.SchemaId)
            {
                throw Refuse(name, $"Its field 'schema' is '{head?.Schema}'; '{T.SchemaId}' is expected.");
            }

            return JsonSerializer.Deserialize(utf8, TypeInfo<T>())
                ?? throw Refuse(name, "It holds null.");
        }
        catch (JsonException exception)
        {
            throw Refuse(name, $"Field '{exception.Path ?? "$"}': {FirstSentence(exception.Message)}", cause: exception);
        }
    }

    /// <summary>The document as indented JSON in UTF-8, with a line feed at the end.</summary>
    /// <typeparam name="T">The record.</typeparam>
    public static byte[] Write<T>(T document)
        where T : class, IDocument
        => [.. JsonSerializer.SerializeToUtf8Bytes(document, TypeInfo<T>()), (byte)'\n'];

    /// <summary>The document in one line of UTF-8, without a line feed.</summary>
    /// <typeparam name="T">The record.</typeparam>
    public static byte[] WriteLine<T>(T document)
        where T : class
        => JsonSerializer.SerializeToUtf8Bytes(document, Compact.GetTypeInfo(typeof(T)));

    /// <summary>The JSON metadata of a contract record.</summary>
    /// <typeparam name="T">The record.</typeparam>
    public static JsonTypeInfo<T> TypeInfo<T>()
        where T : class
        => (JsonTypeInfo<T>)(ContractContext.Default.GetTypeInfo(typeof(T))
            ?? throw new InvalidOperationException($"{typeof(T)} is not registered in {nameof(ContractContext)}."));

    private static readonly JsonSerializerOptions Compact = new(ContractContext.Default.Options) { WriteIndented = false };

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private static ProblemException Refuse(
        string name, string why, ExitCode exit = ExitCode.Usage, Exception? cause = null)
        => new(
            new Problem(
                "MLO2001",
                $"The document '{name}' could not be read.",
                why,
                "Write it anew with the verb that makes it, or name another file.")
            { Exit = exit },
            cause);
}

/// <summary>The one field that every document has.</summary>
internal sealed record DocumentHead
{
    public string? Schema { get; init; }
}
