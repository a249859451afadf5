using MlOps.Build.Engine.Processes;
using MlOps.Build.Tool.Application;
using Spectre.Console;

namespace MlOps.Build.Tool.Pages;

/// <summary>Writes a page for a terminal or a log.</summary>
internal static class TextPage
{
    public static void Write(Page page, ToolHost host, bool noColor)
    {
        // Lines need no table engine, and CI calls mlops often: it is loaded only where there is a table.
        if (page.Blocks.All(block => block is LineBlock or HeadingBlock or VerbatimBlock))
        {
            foreach (var block in page.Blocks)
            {
                host.Output.WriteLine(block switch
                {
                    LineBlock line => OutputNeutraliser.Neutralise(line.Text),
                    HeadingBlock heading => OutputNeutraliser.Neutralise(heading.Text),
                    _ => ((VerbatimBlock)block).Text,
                });
            }

            return;
        }

        WriteTables(page, host, noColor);
    }

    private static void WriteTables(Page page, ToolHost host, bool noColor)
    {
        var console = TextConsole.Create(host, noColor);
        foreach (var block in page.Blocks)
        {
            switch (block)
            {
                case HeadingBlock heading:
                    console.Write(new Markup($"[bold]{Markup.Escape(OutputNeutraliser.Neutralise(heading.Text))}[/]{Environment.NewLine}"));
                    break;
                case TableBlock table:
                    console.Write(TableOf(table));
                    break;
                case FieldsBlock fields:
                    console.Write(GridOf(fields));
                    break;
                case LineBlock line:
                    console.WriteLine(OutputNeutraliser.Neutralise(line.Text));
                    break;
                default:
                    console.WriteLine(((VerbatimBlock)block).Text);
                    break;
            }
        }
    }

    private static Table TableOf(TableBlock block)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in block.Columns)
        {
            var right = column.EndsWith('#');
            table.AddColumn(new TableColumn(new Text(column.TrimEnd('#')))
            {
                Alignment = right ? Justify.Right : Justify.Left,
                NoWrap = right,
            });
        }

        foreach (var row in block.Rows)
        {
            table.AddRow(row.Select(cell => new Text(OutputNeutraliser.Neutralise(cell))));
        }

        return table;
    }

    private static Grid GridOf(FieldsBlock block)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (name, value) in block.Fields)
        {
            grid.AddRow(new Text(name), new Text(OutputNeutraliser.Neutralise(value)));
        }

        return grid;
    }
}
