using System.Text;

namespace MlOps.Build.Engine.Reporting;

/// <summary>How much a host takes for one comment.</summary>
/// <param name="Units">UTF-16 code units.</param>
/// <param name="Bytes">Bytes in UTF-8.</param>
public sealed record MarkdownBudget(int Units, int Bytes)
{
    /// <summary>Under the 65,536 characters of a GitHub comment and well under the megabyte of a job summary.</summary>
    public static MarkdownBudget Comment { get; } = new(60_000, 190_000);

    /// <summary>Under the 150,000 characters of a comment on Azure DevOps, with room for the line by which it is found again.</summary>
    public static MarkdownBudget Thread { get; } = new(149_000, 590_000);

    /// <summary>Joins the sections, leaving out whole ones until the rest fits, and says which.</summary>
    internal string Join(IReadOnlyList<MarkdownSection> sections)
    {
        var kept = sections.Where(section => section.Text.Length > 0).ToList();
        var dropped = new List<string>();
        var text = Text(kept, dropped);
        while (!Fits(text) && kept.Where(section => section.Priority > 0).MaxBy(section => section.Priority) is { } last)
        {
            kept.Remove(last);
            dropped.Insert(0, last.Name);
            text = Text(kept, dropped);
        }

        return text;
    }

    private bool Fits(string text) => text.Length <= Units && Encoding.UTF8.GetByteCount(text) <= Bytes;

    private static string Text(IEnumerable<MarkdownSection> kept, List<string> dropped)
    {
        var text = string.Concat(kept.Select(section => section.Text));
        return dropped.Count == 0
            ? text
            : $"{text}Left out because a comment has a size limit: {string.Join(", ", dropped)}. The full report has them.\n";
    }
}
