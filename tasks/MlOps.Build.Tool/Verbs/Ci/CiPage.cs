using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary>A verb's page for the summary of a run.</summary>
internal static class CiPage
{
    public static string Markdown(Page page)
    {
        using var text = new StringWriter { NewLine = "\n" };
        MarkdownPage.Write(page, text);
        return text.ToString();
    }
}
