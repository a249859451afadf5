using MlOps.Build.Contracts;

namespace MlOps.Build.Serving;

/// <summary>Everything a scoring service refuses, in one place. Pages: <c>docs/errors</c>.</summary>
internal static class ServingProblems
{
    private const string DeployAgain = "Deploy again: `mlops deploy --to <environment>`; until then the last good model answers.";

    public static Problem NoDeployment(string path)
        => new(
            "MLO2750",
            "There is nothing to serve.",
            $"The deployment '{path}' could not be read: there is no such file.",
            "Deploy a model with `mlops deploy`, or point the setting `Mlops:Deployment` at the folder of an environment.")
        { Exit = ExitCode.Unavailable };

    public static Problem Unreadable(string path, string why)
        => new(
            "MLO2750",
            "The deployment could not be read.",
            $"'{path}': {why}",
            "Give the service read access to the folder of its environment.")
        { Exit = ExitCode.Unavailable };

    public static Problem NotOneSlot(string why)
        => new(
            "MLO2751",
            "The deployment cannot be served.",
            why,
            "Deploy with the strategy `replace`: one slot with weight 1 and no mirror.");

    public static Problem PathOutside(string path)
        => new(
            "MLO2751",
            "The deployment cannot be served.",
            $"The slot's path '{path}' leads out of the environment's folder.",
            DeployAgain);

    public static Problem Changed(string digest, string file, string found)
        => new(
            "MLO2752",
            $"The model {Digest.Short(digest)} is not the one that was deployed.",
            $"Its file '{file}' does not match the deployment: {found}.",
            DeployAgain)
        { Exit = ExitCode.Refused };

    public static Problem NoModelFile(string digest, string file)
        => new(
            "MLO2753",
            $"The model {Digest.Short(digest)} could not be loaded.",
            $"Its package has no file 'model/{file}'.",
            "Let the trainer save the model under this name, or set `Mlops:ModelFile`.");

    public static Problem AnotherTask(string digest, ModelTask found, ModelTask expected)
        => new(
            "MLO2753",
            $"The model {Digest.Short(digest)} could not be loaded.",
            $"It is a model for {found}; this service answers {expected}.",
            "Deploy a model of this kind, or name the other task in `AddMlOpsServing`.");

    public static Problem ModelNotLoaded(string digest, Exception exception)
        => new(
            "MLO2753",
            $"The model {Digest.Short(digest)} could not be loaded.",
            OneLine(exception.GetBaseException()),
            "Check that the service references the packages the model was trained with (for instance "
            + "Microsoft.ML.LightGbm) and that its row type has every column the model reads.");

    public static Problem SampleNotAnswered(string digest, Exception exception)
        => new(
            "MLO2754",
            $"The model {Digest.Short(digest)} does not answer the sample row.",
            OneLine(exception.GetBaseException()),
            "Check the steps around the model with the sample row in a test; then deploy again.");

    public static Problem SampleNotFinite(string digest, string member)
        => new(
            "MLO2754",
            $"The model {Digest.Short(digest)} does not answer the sample row.",
            $"Its answer '{member}' is not a finite number.",
            "Check the training data for missing and infinite values; then train and deploy again.");

    /// <summary>Messages of ML.NET may hold line breaks and many words; the first line says what happened.</summary>
    private static string OneLine(Exception exception)
    {
        var cause = exception is System.Reflection.TargetInvocationException { InnerException: { } inner } ? inner : exception;
        var line = cause.Message.AsSpan();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        return $"{cause.GetType().Name}: {(line.Length > 300 ? $"{line[..300]}..." : line)}";
    }
}
