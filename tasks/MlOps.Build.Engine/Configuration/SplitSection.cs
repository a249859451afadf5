using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Configuration;

/// <summary>The <c>split</c> and <c>sample</c> sections.</summary>
internal static class SplitSection
{
    public static SplitConfiguration Read(YamlMap map)
    {
        var defaults = new SplitConfiguration();
        var split = new SplitConfiguration
        {
            By = Words.Enum(map, "by", SplitMethod.Hash),
            Holdout = Words.Share(map, "holdout", defaults.Holdout),
            Validation = Words.Share(map, "validation", defaults.Validation),
            Gap = Words.Duration(map, "gap", defaults.Gap),
            Purge = Words.Flag(map, "purge", defaults.Purge),
        };
        map.RefuseUnknownKeys();
        return split;
    }

    public static SampleConfiguration ReadSample(YamlMap map)
    {
        var defaults = new SampleConfiguration();
        var sample = new SampleConfiguration
        {
            Rows = Words.Integer(map, "rows", (int)defaults.Rows, 10),
            Stratify = map.Text("stratify"),
            Seeds = Words.Integer(map, "seeds", defaults.Seeds, 1),
        };
        map.RefuseUnknownKeys();
        return sample;
    }
}
