using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>Whose settings judge a pull request: the merge base's, so that no author deletes the rule that stops them.</summary>
public static class BindingPolicy
{
    /// <summary>
    /// The head's settings with the merge base's task, gate, split, sample and meaning of the columns. Sensitive and slice
    /// columns are those of either side.
    /// </summary>
    public static ProjectConfiguration Of(ProjectConfiguration head, ProjectConfiguration mergeBase) => head with
    {
        Task = mergeBase.Task,
        Gate = mergeBase.Gate,
        Split = mergeBase.Split,
        Sample = mergeBase.Sample,
        Data = head.Data with
        {
            Id = mergeBase.Data.Id,
            Label = mergeBase.Data.Label,
            Positive = mergeBase.Data.Positive,
            Time = mergeBase.Data.Time,
            Group = mergeBase.Data.Group,
            Slices = Union(mergeBase.Data.Slices, head.Data.Slices),
            Sensitive = Union(mergeBase.Data.Sensitive, head.Data.Sensitive),
        },
    };

    /// <summary>What the head's mlops.yml would judge otherwise, in words.</summary>
    public static IReadOnlyList<string> Differences(ProjectConfiguration head, ProjectConfiguration mergeBase)
    {
        var differences = new List<string>();
        Add("gate", Digest(head.Gate) == Digest(mergeBase.Gate));
        Add("task", head.Task == mergeBase.Task);
        Add("split", head.Split == mergeBase.Split);
        Add("sample", head.Sample == mergeBase.Sample);
        Add("data.id", head.Data.Id.SequenceEqual(mergeBase.Data.Id, StringComparer.Ordinal));
        Add("data.label", head.Data.Label == mergeBase.Data.Label);
        Add("data.positive", head.Data.Positive == mergeBase.Data.Positive);
        Add("data.time", head.Data.Time == mergeBase.Data.Time);
        Add("data.group", head.Data.Group == mergeBase.Data.Group);
        return differences;

        void Add(string setting, bool same)
        {
            if (!same)
            {
                differences.Add($"'{setting}' differs: the merge base's is used.");
            }
        }
    }

    private static string Digest(GateConfiguration gate) => Evaluating.PolicyDigest.Of(gate);

    private static string[] Union(IReadOnlyList<string> left, IReadOnlyList<string> right)
        => [.. left.Concat(right).Distinct(StringComparer.Ordinal)];
}
