using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>Whose settings judge a pull request: the merge base's, so that no author deletes the rule that stops them.</summary>
public static class BindingPolicy
{
    /// <summary>
    /// The head's settings with the merge base's task, gate, split, sample, seed and meaning of the columns. Sensitive and
    /// slice columns are those of either side. With a seed of its own a change could try until its luck is good.
    /// </summary>
    public static ProjectConfiguration Of(ProjectConfiguration head, ProjectConfiguration mergeBase) => head with
    {
        Task = mergeBase.Task,
        Gate = mergeBase.Gate,
        Split = mergeBase.Split,
        Sample = mergeBase.Sample,
        Train = head.Train with { Seed = mergeBase.Train.Seed },
        Data = head.Data with
        {
            Id = mergeBase.Data.Id,
            Label = mergeBase.Data.Label,
            Positive = mergeBase.Data.Positive,
            Time = mergeBase.Data.Time,
            Group = mergeBase.Data.Group,
            Expect = Expectations(head, mergeBase),
            Slices = Union(mergeBase.Data.Slices, head.Data.Slices),
            Sensitive = Union(mergeBase.Data.Sensitive, head.Data.Sensitive),
            Bands = Bands(head, mergeBase),
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
        Add("train.seed", head.Train.Seed == mergeBase.Train.Seed);
        Add("data.id", head.Data.Id.SequenceEqual(mergeBase.Data.Id, StringComparer.Ordinal));
        Add("data.label", head.Data.Label == mergeBase.Data.Label);
        Add("data.positive", head.Data.Positive == mergeBase.Data.Positive);
        Add("data.time", head.Data.Time == mergeBase.Data.Time);
        Add("data.group", head.Data.Group == mergeBase.Data.Group);
        Add("data.bands", Bands(head, mergeBase).All(pair => head.Data.Bands.TryGetValue(pair.Key, out var own) && Same(own, pair.Value)));
        Add("data.expect", mergeBase.Data.Expect.All(pair => head.Data.Expect.TryGetValue(pair.Key, out var own) && Same(own, pair.Value)));
        if (head.Data.Source != mergeBase.Data.Source)
        {
            differences.Add($"'data.source' differs: the head's '{head.Data.Source}' is used for both sides.");
        }

        return differences;

        void Add(string setting, bool same)
        {
            if (!same)
            {
                differences.Add($"'{setting}' differs: the merge base's is used.");
            }
        }
    }

    /// <summary>The merge base's data contract; a column it does not know may get one from the head.</summary>
    private static Dictionary<string, ColumnExpectation> Expectations(ProjectConfiguration head, ProjectConfiguration mergeBase)
        => head.Data.Expect.Where(pair => !mergeBase.Data.Expect.ContainsKey(pair.Key))
            .Concat(mergeBase.Data.Expect)
            .ToDictionary(StringComparer.Ordinal);

    /// <summary>The merge base's bands, or none, of every column that it cuts by; a new column may get some from the head.</summary>
    private static Dictionary<string, BandConfiguration> Bands(ProjectConfiguration head, ProjectConfiguration mergeBase)
    {
        string[] bound = [.. mergeBase.Data.Slices, .. mergeBase.Data.Sensitive];
        return head.Data.Bands.Where(pair => !bound.Contains(pair.Key))
            .Concat(mergeBase.Data.Bands)
            .ToDictionary(StringComparer.Ordinal);
    }

    private static bool Same(BandConfiguration left, BandConfiguration right)
        => left.Quantiles == right.Quantiles && left.Edges.SequenceEqual(right.Edges);

    private static bool Same(ColumnExpectation left, ColumnExpectation right)
        => left with { Values = null } == right with { Values = null }
            && (left.Values ?? []).SequenceEqual(right.Values ?? [], StringComparer.Ordinal);

    private static string Digest(GateConfiguration gate) => Evaluating.PolicyDigest.Of(gate);

    private static string[] Union(IReadOnlyList<string> left, IReadOnlyList<string> right)
        => [.. left.Concat(right).Distinct(StringComparer.Ordinal)];
}
