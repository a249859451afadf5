using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Reporting;

/// <summary>Writes every form of a report into the folder of its run.</summary>
public static class ReportFiles
{
    public const string Markdown = "report.md";
    public const string Html = "report.html";
    public const string Json = "report.json";

    /// <summary>Writes <c>report.json</c>, <c>report.md</c> and <c>report.html</c>.</summary>
    /// <remarks>All three are made before the first is written, so that a cancelled command leaves the former three or the new ones.</remarks>
    public static void Write(string folder, ReportInput input, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var markdown = ReportMarkdown.Of(input);
        var html = ReportHtml.Of(input);
        cancellationToken.ThrowIfCancellationRequested();
        AtomicFile.Write(Path.Combine(folder, Json), input.ToDocument());
        AtomicFile.Write(Path.Combine(folder, Markdown), markdown);
        AtomicFile.Write(Path.Combine(folder, Html), html);
    }
}
