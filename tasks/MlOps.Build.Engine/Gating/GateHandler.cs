using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Gating;

/// <summary><c>evaluation.json</c> in, <c>verdict.json</c> out.</summary>
public sealed class GateHandler(TimeProvider time, string engineDigest)
{
    /// <summary>Judges, and writes the verdict if asked to.</summary>
    /// <exception cref="ProblemException">MLO2001, MLO2301, MLO2302, MLO2311 to MLO2313.</exception>
    public Answer<Verdict> Handle(GateRequest request)
    {
        var evaluation = Documents.Read<Evaluation>(request.Evaluation);
        var verdict = Gate.Judge(evaluation, request.Policy, new()
        {
            Now = time.GetUtcNow(),
            EngineDigest = engineDigest,
            Bootstrap = request.Bootstrap,
            NoChange = request.NoChange,
            PolicyChange = request.PolicyChange,
        });
        if (request.Output is { } output)
        {
            AtomicFile.Write(output, verdict);
        }

        return new(verdict, Verdicts.Exit(verdict.Kind, verdict.Mode, request.Policy.OnInconclusive));
    }
}
