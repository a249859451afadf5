namespace MlOps.Build.Analyzers.Serving;

/// <summary>What to do instead of sharing an engine, with what the project has.</summary>
internal static class PerThread
{
    public static string Remedy(MlNetSymbols symbols) =>
        symbols.Type("MlOps.Build.Serving.ServingExtensions") is not null
            ? "Let 'AddMlOpsServing' make the engines"
            : "Take engines from PredictionEnginePool of Microsoft.Extensions.ML, or make one for each thread with ThreadLocal";
}
