using System.Text;

namespace MlOps.Build.Tool.Tests;

/// <summary>Keeps a text, and tells of each line of it.</summary>
internal sealed class LineWriter : TextWriter
{
    private readonly Action<string>? line;
    private readonly StringBuilder text = new();
    private int start;

    public LineWriter(Action<string>? line) => (this.line, NewLine) = (line, "\n");

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        text.Append(value);
        if (value == '\n' && line is not null)
        {
            var written = text.ToString(start, text.Length - start - 1);
            start = text.Length;
            line(written);
        }
    }

    public override string ToString() => text.ToString();
}
