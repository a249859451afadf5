using MlOps.Build.Engine.Processes;
using MlOps.Build.Tool.Application;
using Spectre.Console;

namespace MlOps.Build.Tool.Pages;

/// <summary>Writes a page for a terminal or a log.</summary>
internal static class TextPage
{
    public static void Write(Page page, ToolHost host, bool noColor)
    {
        var hasTable = page.Blocks.Any(block => block is TableBlock);
        foreach (var block in page.Blocks)
        {
            switch (block)
            {
                case LineBlock line:
                    host.Output.WriteLine(OutputNeutraliser.Neutralise(line.Text));
                    break;
                case VerbatimBlock verbatim:
                    host.Output.WriteLine(verbatim.Text);
                    break;
                case FieldsBlock fields:
                    FieldsText.Write(fields, host.Output, TextConsole.Width(host));
                    break;
                // Headings and fields need no table engine, and CI calls mlops often: it is loaded only where there is a table.
                case HeadingBlock heading when !hasTable:
                    host.Output.WriteLine(OutputNeutraliser.Neutralise(heading.Text));
                    break;
                default:
                    WriteStyled(block, host, noColor);
                    break;
            }
        }
    }

    /// <summary>The table engine fills lines with spaces, which nobody wants in a log.</summary>
    private static void WriteStyled(PageBlock block, ToolHost host, bool noColor)
    {
        using var text = new StringWriter();
        var console = TextConsole.Create(host, text, noColor);
        if (block is TableBlock table)
        {
            console.Write(TableOf(table, TextConsole.Width(host)));
        }
        else
        {
            console.Write(new Markup($"[bold]{Markup.Escape(OutputNeutraliser.Neutralise(((HeadingBlock)block).Text))}[/]{Environment.NewLine}"));
        }

        foreach (var line in text.ToString().TrimEnd('\n').Split('\n'))
        {
            host.Output.WriteLine(line.TrimEnd());
        }
    }

    private static Table TableOf(TableBlock block, int width)
    {
        var fitted = new NarrowTable(block, width);
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in block.Columns)
        {
            var right = column.EndsWith('#');
            table.AddColumn(new TableColumn(new Text(column.TrimEnd('#')))
            {
                Alignment = right ? Justify.Right : Justify.Left,
                NoWrap = right,
                Padding = new Padding(fitted.IsTight ? 0 : 1, 0, 1, 0),
            });
        }

        foreach (var row in block.Rows)
        {
            table.AddRow(row.Select((cell, column) => new Text(fitted.Cell(OutputNeutraliser.Neutralise(cell), column))));
        }

        return table;
    }
}
