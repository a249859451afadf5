namespace MlOps.Build.Tool.Pages;

/// <summary>What people see of an answer: blocks that are written as text for a terminal or as Markdown.</summary>
internal sealed class Page
{
    private readonly List<PageBlock> blocks = [];

    public IReadOnlyList<PageBlock> Blocks => blocks;

    /// <summary>A paragraph of one line.</summary>
    public Page Line(string text)
    {
        blocks.Add(new LineBlock(text));
        return this;
    }

    /// <summary>A heading.</summary>
    public Page Heading(string text)
    {
        blocks.Add(new HeadingBlock(text));
        return this;
    }

    /// <summary>A table; a column whose name ends in <c>#</c> is aligned to the right.</summary>
    public Page Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        blocks.Add(new TableBlock(columns, [.. rows]));
        return this;
    }

    /// <summary>Names and values, one a line.</summary>
    public Page Fields(params IEnumerable<(string Name, string? Value)> fields)
    {
        blocks.Add(new FieldsBlock([.. fields.Where(field => field.Value is not null).Select(field => (field.Name, field.Value!))]));
        return this;
    }

    /// <summary>A text that is already Markdown and is shown as it is in both forms.</summary>
    public Page Verbatim(string text)
    {
        blocks.Add(new VerbatimBlock(text));
        return this;
    }
}

/// <summary>A part of a page.</summary>
internal abstract record PageBlock;

/// <summary>A paragraph.</summary>
internal sealed record LineBlock(string Text) : PageBlock;

/// <summary>A heading.</summary>
internal sealed record HeadingBlock(string Text) : PageBlock;

/// <summary>A table.</summary>
internal sealed record TableBlock(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : PageBlock;

/// <summary>Names and values.</summary>
internal sealed record FieldsBlock(IReadOnlyList<(string Name, string Value)> Fields) : PageBlock;

/// <summary>Text that is written as it is.</summary>
internal sealed record VerbatimBlock(string Text) : PageBlock;
