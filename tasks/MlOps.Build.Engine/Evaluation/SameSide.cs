using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Two sides are the same when model and scorer are: the predictions of one model by two programs differ, and which of them
/// is better is a question. A scorer that is not known may be the same, so it is taken for it.
/// </summary>
internal static class SameSide
{
    /// <summary>Refuses a side that stands on both ends.</summary>
    /// <exception cref="ProblemException">MLO2301: a training stands on both sides with the same scorer.</exception>
    public static void Refuse(IEnumerable<EvaluatedReplicate> challengers, IEnumerable<EvaluatedReplicate> baselines)
    {
        var others = baselines.ToList();
        foreach (var challenger in challengers)
        {
            if (challenger.RunId is { } run && others.Exists(baseline => baseline.RunId == run && IsSameScorer(challenger, baseline)))
            {
                throw EvaluationProblems.SameSide($"run {run}");
            }
        }
    }

    private static bool IsSameScorer(EvaluatedReplicate one, EvaluatedReplicate other)
        => one.ScorerDigest is null || other.ScorerDigest is null || one.ScorerDigest == other.ScorerDigest;
}
