namespace MlOps.Build.Tool.Application;

/// <summary>How the answer is written.</summary>
internal enum OutputFormat
{
    /// <summary>For people at a terminal.</summary>
    Text,

    /// <summary>One document for programs.</summary>
    Json,

    /// <summary>For comments and summaries.</summary>
    Markdown,
}
