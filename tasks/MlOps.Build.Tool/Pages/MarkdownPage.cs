using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Tool.Pages;

/// <summary>Writes a page as Markdown; every value is escaped.</summary>
internal static class MarkdownPage
{
    public static void Write(Page page, TextWriter output)
    {
        foreach (var block in page.Blocks)
        {
            switch (block)
            {
                case HeadingBlock heading:
                    output.WriteLine($"### {MarkdownText.Escape(heading.Text)}");
                    break;
                case LineBlock line:
                    output.WriteLine(MarkdownText.Escape(line.Text));
                    break;
                case FieldsBlock fields:
                    WriteTable(["", ""], [.. fields.Fields.Select(field => (IReadOnlyList<string>)[field.Name, field.Value])], output);
                    break;
                case TableBlock table:
                    WriteTable(table.Columns, table.Rows, output);
                    break;
                case VerbatimBlock verbatim:
                    output.WriteLine(verbatim.Text);
                    break;
                default:
                    throw new InvalidOperationException($"{block.GetType()} has no Markdown form.");
            }

            output.WriteLine();
        }
    }

    private static void WriteTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, TextWriter output)
    {
        output.WriteLine($"| {string.Join(" | ", columns.Select(column => MarkdownText.Escape(column.TrimEnd('#'))))} |");
        output.WriteLine($"|{string.Concat(columns.Select(column => column.EndsWith('#') ? "--:|" : ":--|"))}");
        foreach (var row in rows)
        {
            output.WriteLine($"| {string.Join(" | ", row.Select(MarkdownText.Escape))} |");
        }
    }
}
