using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Tool.Application;

/// <summary>
/// Prepares the metadata of the documents that a verb is about to read, while the command line and mlops.yml are read:
/// the runtime compiles the JSON code of enumerations at every start, and a second core has nothing to do.
/// </summary>
internal static class HeadStart
{
    /// <summary>Begins in the background; nothing waits for it, and what goes wrong shows where the document is read.</summary>
    public static void For(string verb)
    {
        if (verb is "gate" or "report" && Environment.ProcessorCount > 1)
        {
            _ = Task.Run(Prepare);
        }
    }

    private static void Prepare()
    {
        Documents.TypeInfo<RunRecord>().MakeReadOnly();
        Documents.TypeInfo<Evaluation>().MakeReadOnly();
        PolicyDigest.Prepare();
        Documents.TypeInfo<Verdict>().MakeReadOnly();
    }
}
