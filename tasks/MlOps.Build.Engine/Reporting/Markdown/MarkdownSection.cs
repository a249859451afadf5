namespace MlOps.Build.Engine.Reporting;

/// <summary>A part of a report that is shown whole or not at all.</summary>
/// <param name="Name">How the note about left-out parts calls it.</param>
/// <param name="Priority">0 is never left out; the greatest goes first.</param>
/// <param name="Text">Markdown that ends with an empty line, or nothing.</param>
internal sealed record MarkdownSection(string Name, int Priority, string Text);
