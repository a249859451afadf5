using Microsoft.ML;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>Answers a train request: <c>model/</c>, <c>events.jsonl</c> and, last, <c>training.json</c>.</summary>
internal sealed class TrainRun(TrainRequest request, IModelDefinition definition, TimeProvider time)
{
    public void Run(CancellationToken cancellationToken)
    {
        var usage = ResourceUsage.Start(time);
        using var events = new EventLog(request.OutputDirectory, time);
        var rows = TrainingRows.Load(request, definition.InputType, cancellationToken);
        events.Message(FormattableString.Invariant(
            $"read {rows.TrainRowsRead} training rows and {rows.ValidationRowsRead} validation rows"));

        var ml = new MLContext(request.Seed);
        var watch = new LogWatch(events.Message);
        watch.Attach(ml);
        using var cancellation = cancellationToken.Register(() => Cancellation.Cancel(ml));
        var context = new TrainingContext(ml, Setup(rows), events.Message);
        var fitted = Fitting.Fit(context, definition, rows);
        var bestStep = watch.BestStep ?? BestStep.Of(fitted.Model);
        foreach (var (metric, value) in ValidationMetrics.Of(request.Task, fitted.ScoredValidation))
        {
            events.Metric(bestStep ?? 1, metric, value);
        }

        cancellationToken.ThrowIfCancellationRequested();
        ModelFiles.Write(ml, fitted, rows, request);
        var record = Record(context, rows, fitted, watch, bestStep, usage);
        AtomicFile.Write(Path.Combine(request.OutputDirectory, "training.json"), record);
    }

    private TrainingSetup Setup(TrainingRows rows) => new()
    {
        Task = request.Task,
        Seed = request.Seed,
        Threads = Math.Max(1, request.Threads),
        HasValidation = rows.Validation is not null,
        Columns = [.. rows.Train.Without(TrainingContext.LabelColumn).Columns.Select(column => column.Name)],
        Parameters = request.Parameters,
    };

    private static TrainingRecord Record(
        TrainingContext context, TrainingRows rows, FittedModel fitted, LogWatch watch, int? bestStep, ResourceUsage usage)
    {
        var withoutLabel = rows.WithoutLabel == 0
            ? Array.Empty<string>()
            : [FormattableString.Invariant($"{rows.WithoutLabel} training rows have no label and were left out")];
        return new()
        {
            Parameters = new SortedDictionary<string, ParameterValue>(
                context.Parameters.Used.ToDictionary(), StringComparer.Ordinal),
            TrainRows = rows.TrainRowsRead,
            ValidationRows = rows.ValidationRowsRead,
            DroppedRows = watch.DroppedRows + rows.WithoutLabel,
            BestStep = bestStep,
            Stopped = watch.BestStep is null ? StopReason.Completed : StopReason.NoProgress,
            WallSeconds = usage.WallSeconds,
            CpuSeconds = ResourceUsage.CpuSeconds,
            PeakMemoryBytes = ResourceUsage.PeakMemoryBytes,
            Frameworks = FrameworkVersions.Loaded(),
            Features = fitted.Features,
            InputSchema = rows.InputSchema,
            Warnings = [.. withoutLabel, .. watch.Warnings],
        };
    }
}
