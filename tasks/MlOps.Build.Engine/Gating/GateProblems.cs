using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Gating;

/// <summary>What keeps the gate from judging, in words.</summary>
internal static class GateProblems
{
    public static ProblemException OtherPolicy()
        => new(new Problem(
            "MLO2311",
            "The evaluation does not fit the policy.",
            "It was measured for another `gate` section than the one in mlops.yml.",
            "Evaluate again with `mlops evaluate`, or name the evaluation of this policy."));

    public static ProblemException NotMeasured(int rule)
        => new(new Problem(
            "MLO2311",
            "The evaluation does not fit the policy.",
            $"It has no measurement for rule {rule + 1} of the gate.",
            "Evaluate again with `mlops evaluate`."));

    public static ProblemException NoNumber(string metric)
        => new(new Problem(
            "MLO2341",
            "The evaluation holds a number that is none.",
            $"What was measured of {metric} is not finite.",
            "Evaluate again with `mlops evaluate`; if it stays so, look at the predictions for values beyond all bounds."));

    public static ProblemException BootstrapWithBaseline(string baseline)
        => new(new Problem(
            "MLO2312",
            "`--bootstrap` admits a first model only.",
            $"There is a model to compare with: {baseline}.",
            "Run again without `--bootstrap`."));

    public static ProblemException NotUnchanged()
        => new(new Problem(
            "MLO2313",
            "The models were said to be unchanged and are not.",
            "Challenger and baseline have different model digests although the trainer's inputs are the same.",
            "Make the training deterministic: set every seed, and train with the same number of threads.")
        { Exit = ExitCode.No });
}
