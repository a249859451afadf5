using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Registry;

internal static class RegistryProblems
{
    public static ProblemException Refused(string code, string what, string why, string fix)
        => new(new Problem(code, what, why, fix) { Exit = ExitCode.Refused });

    public static ProblemException NoModel(string name, string why)
        => new(new Problem(
            "MLO2517",
            $"There is no single model '{name}' in the registry.",
            why,
            "`mlops models list` shows digests and aliases; name one, or register a run first.")
        {
            Exit = ExitCode.Unavailable,
        });
}
