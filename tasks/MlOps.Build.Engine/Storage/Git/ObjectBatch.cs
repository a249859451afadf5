using System.Buffers.Text;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>Reads what <c>git cat-file --batch</c> prints: <c>id SP type SP size LF bytes LF</c>, one after the other.</summary>
internal static class ObjectBatch
{
    /// <summary>The contents, or null when one is missing or the end is.</summary>
    public static IReadOnlyList<byte[]>? Parse(ReadOnlySpan<byte> output)
    {
        var contents = new List<byte[]>();
        while (output.Length > 0)
        {
            var line = output.IndexOf((byte)'\n');
            var size = line < 0 ? -1 : output[..line].LastIndexOf((byte)' ') + 1;
            if (size <= 0
                || !Utf8Parser.TryParse(output[size..line], out int length, out var read)
                || read != line - size
                || output.Length < line + length + 2)
            {
                return null;
            }

            contents.Add(output.Slice(line + 1, length).ToArray());
            output = output[(line + length + 2)..];
        }

        return contents;
    }
}
