using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Configuration;

/// <summary>What only two settings together can get wrong.</summary>
internal static class CrossChecks
{
    public static void Check(ProjectConfiguration configuration, YamlMap map)
    {
        var (data, split) = (configuration.Data, configuration.Split);
        if (split.By == SplitMethod.Time && data.Time is null)
        {
            Refuse("The data is split by time, but 'data.time' names no column.", "A time split needs to know when a row happened.", "Add `time: <column>` under `data`, or use `split: { by: hash }`.");
        }

        if (split.By == SplitMethod.Group && data.Group is null)
        {
            Refuse("The data is split by group, but 'data.group' names no column.", "A group split needs to know what belongs together.", "Add `group: <column>` under `data`, or use `split: { by: hash }`.");
        }

        if (split.Holdout <= 0 || split.Validation < 0 || split.Holdout + split.Validation >= 0.95)
        {
            Refuse("The split leaves nothing to train on or to judge with.", $"Holdout {UnitText.Share(split.Holdout)}, validation {UnitText.Share(split.Validation)}.", "Use for example `split: { holdout: 20%, validation: 10% }`.");
        }

        foreach (var column in data.Ignore.Concat(data.Sensitive).Where(column => column == data.Label))
        {
            Refuse($"The label '{column}' is also ignored.", "A model cannot be trained without its label.", "Remove it from 'ignore' and 'sensitive'.");
        }

        void Refuse(string what, string why, string fix) => map.Log.Wrong(map.Place, what, why, fix);
    }
}
