using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>What the models of both sides cost, as this run saw it itself.</summary>
internal static class ModelCosts
{
    public static FootprintSample[] Of(ScoredSide challenger, ScoredSide? baseline) =>
    [
        new(FootprintCatalogue.ModelSize, Sizes(challenger), baseline is null ? null : Sizes(baseline)),
        Training(FootprintCatalogue.TrainingTime, challenger, baseline, training => training.Elapsed.TotalSeconds, null),
        Training(FootprintCatalogue.TrainingCpu, challenger, baseline, training => training.CpuSeconds, ChildrenClock.Crowded),
        Training(
            FootprintCatalogue.TrainingMemory, challenger, baseline, training => training.PeakMemoryBytes > 0 ? training.PeakMemoryBytes : null, "a training ended before its memory was looked at"),
    ];

    private static FootprintSample Training(string name, ScoredSide challenger, ScoredSide? baseline, Func<ProcessResult, double?> value, string? why)
    {
        var unknown = new[] { challenger, baseline }.OfType<ScoredSide>().SelectMany(side => side.Models)
            .Any(model => model.Model.Training is { } training && value(training) is null);
        return new(name, Values(challenger, value), baseline is null ? null : Values(baseline, value)) { Note = unknown ? why : null };
    }

    private static double[] Sizes(ScoredSide side)
        => [.. side.Models.Select(model => (double)Engine.Training.ModelFolder.Digests(model.Model.Folder).Sum(file => file.Size))];

    private static double[]? Values(ScoredSide side, Func<ProcessResult, double?> value)
    {
        var values = side.Models.Select(model => model.Model.Training is { } training ? value(training) : null).ToList();
        return values.TrueForAll(one => one is not null) ? [.. values.Select(one => one!.Value)] : null;
    }
}
