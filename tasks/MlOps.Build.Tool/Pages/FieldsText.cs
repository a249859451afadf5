using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Tool.Pages;

/// <summary>Names and values below each other. A value is wrapped between words only: a digest or a path stays whole, to be copied.</summary>
internal static class FieldsText
{
    private const int LeastRoom = 20;

    public static void Write(FieldsBlock block, TextWriter output, int width)
    {
        var indent = block.Fields.Select(field => field.Name.Length).DefaultIfEmpty().Max() + 2;
        foreach (var (name, value) in block.Fields)
        {
            var start = name.PadRight(indent);
            foreach (var line in Lines(OutputNeutraliser.Neutralise(value), Math.Max(width - indent, LeastRoom)))
            {
                output.WriteLine((start + line).TrimEnd());
                start = new string(' ', indent);
            }
        }
    }

    private static IEnumerable<string> Lines(string value, int room)
    {
        var line = string.Empty;
        foreach (var word in value.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > room)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }
}
