using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Tool.Pages;

/// <summary>How a table gets into the width there is: less space between columns first, then words broken at their hyphens.</summary>
/// <remarks>The table engine would break a word that is too long between any two letters.</remarks>
internal sealed class NarrowTable
{
    /// <summary>A space on each side of a column and one between columns.</summary>
    private const int WideGap = 3;
    private const int NarrowGap = 2;

    private readonly int[] widths;
    private readonly int room;
    private readonly int broken;

    public NarrowTable(TableBlock block, int width)
    {
        widths = [.. block.Columns.Select((column, place) => Math.Max(
            column.TrimEnd('#').Length, block.Rows.Select(row => OutputNeutraliser.Neutralise(row[place]).Length).DefaultIfEmpty().Max()))];
        IsTight = Needed(WideGap) > width;
        var left = Enumerable.Range(0, widths.Length).Where(place => !block.Columns[place].EndsWith('#')).ToArray();
        broken = left.Length == 0 ? -1 : left.MaxBy(place => widths[place]);
        room = broken < 0 ? 0 : width - Needed(NarrowGap) + widths[broken];
    }

    /// <summary>Whether the columns stand closer than usual.</summary>
    public bool IsTight { get; }

    /// <summary>The text of a cell, in lines where a word of the widest column of texts is longer than what is left for it.</summary>
    public string Cell(string text, int column)
        => !IsTight || column != broken || widths[column] <= room
            ? text
            : string.Join(' ', text.Split(' ').Select(word => word.Length <= room ? word : Broken(word)));

    private int Needed(int gap) => widths.Sum() + (gap * widths.Length) + 1;

    private string Broken(string word)
    {
        List<string> lines = [string.Empty];
        foreach (var part in word.Replace("-", "-\n", StringComparison.Ordinal).Split('\n'))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + part.Length > room)
            {
                lines.Add(part);
            }
            else
            {
                lines[^1] += part;
            }
        }

        return string.Join('\n', lines);
    }
}
