using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Reporting;

/// <summary>Writes every form of a report into the folder of its run.</summary>
public static class ReportFiles
{
    public const string Markdown = "report.md";
    public const string Html = "report.html";
    public const string Json = "report.json";

    /// <summary>Writes <c>report.json</c>, <c>report.md</c> and <c>report.html</c>.</summary>
    public static void Write(string folder, ReportInput input)
    {
        AtomicFile.Write(Path.Combine(folder, Json), input.ToDocument());
        AtomicFile.Write(Path.Combine(folder, Markdown), ReportMarkdown.Of(input));
        AtomicFile.Write(Path.Combine(folder, Html), ReportHtml.Of(input));
    }
}
