using System.Text;

namespace MlOps.Build.Engine.Reporting;

/// <summary>A small typed writer: what comes in as text is escaped, what is Markdown says so in its name.</summary>
internal sealed class MarkdownWriter
{
    private readonly StringBuilder text = new();

    public MarkdownWriter Paragraph(string markdown)
    {
        text.Append(markdown).Append("\n\n");
        return this;
    }

    /// <summary>A table; columns whose name ends in <c>#</c> are aligned to the right, cells are plain text.</summary>
    public MarkdownWriter Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Row(columns.Select(column => MarkdownText.Escape(column.TrimEnd('#'))));
        text.Append('|');
        foreach (var column in columns)
        {
            text.Append(column.EndsWith('#') ? "--:|" : ":--|");
        }

        text.Append('\n');
        foreach (var row in rows)
        {
            Row(row.Select(MarkdownText.Escape));
        }

        text.Append('\n');
        return this;
    }

    public MarkdownWriter Bullets(IEnumerable<string> markdown)
    {
        foreach (var item in markdown)
        {
            text.Append("- ").Append(item).Append('\n');
        }

        text.Append('\n');
        return this;
    }

    /// <summary>A fenced block; the lines are ours and hold no fence.</summary>
    public MarkdownWriter Fence(string language, IEnumerable<string> lines)
    {
        text.Append("```").Append(language).Append('\n');
        foreach (var line in lines)
        {
            text.Append(line).Append('\n');
        }

        text.Append("```\n\n");
        return this;
    }

    /// <summary>A part that opens on demand.</summary>
    public static string Details(string title, string rest, MarkdownWriter body)
        => $"<details><summary><b>{MarkdownText.Escape(title)}</b>{(rest.Length > 0 ? ": " : string.Empty)}{MarkdownText.Escape(rest)}</summary>\n\n{body}</details>\n\n";

    public override string ToString() => text.ToString();

    private void Row(IEnumerable<string> cells)
        => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
