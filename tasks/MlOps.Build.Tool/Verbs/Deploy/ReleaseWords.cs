using System.CommandLine;

namespace MlOps.Build.Tool.Verbs.Deploy;

/// <summary>The words that the verbs of a release share, spelled once.</summary>
internal static class ReleaseWords
{
    public static Argument<string?> Model() => new("model")
    {
        Description = "An alias, a digest or the beginning of one; default: the challenger.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Option<string> To() => new("--to")
    {
        Description = "The environment, as mlops.yml names it.",
        HelpName = "environment",
        Required = true,
    };
}
