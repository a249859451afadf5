using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Files of labels and predictions in, <c>evaluation.json</c> out.</summary>
public sealed class EvaluateHandler(IProgressLog log)
{
    /// <summary>Reads, evaluates, and writes the evaluation if asked to.</summary>
    /// <exception cref="ProblemException">MLO2301 to MLO2310.</exception>
    public Answer<Evaluation> Handle(EvaluateRequest request)
    {
        CheckFiles(request);
        log.Step("read predictions");
        string[] files = [.. Sides(request).SelectMany(side => side.Replicates).Select(replicate => replicate.Predictions)];
        var (holdout, predictions) = HoldoutReader.Read(request.Labels, files);
        var challengers = request.Challenger.Replicates.Count;
        log.Step("evaluate");
        var evaluation = Evaluator.Evaluate(new()
        {
            Model = request.Model,
            Mode = request.Mode,
            Task = request.Labels.Task,
            Policy = request.Policy,
            Seed = request.Seed,
            Holdout = holdout,
            Challenger = Side(request.Challenger, predictions.Take(challengers)),
            Baseline = request.Baseline is null ? null : Side(request.Baseline, predictions.Skip(challengers)),
            NoChange = request.NoChange,
        });
        if (request.Output is { } output)
        {
            AtomicFile.Write(output, evaluation);
        }

        return new(evaluation, ExitCode.Ok);
    }

    private static IEnumerable<SideFiles> Sides(EvaluateRequest request)
        => request.Baseline is null ? [request.Challenger] : [request.Challenger, request.Baseline];

    private static void CheckFiles(EvaluateRequest request)
    {
        if (request.NoChange || request.Baseline is null)
        {
            return;
        }

        var challengers = request.Challenger.Replicates.Select(replicate => Resolve(replicate.Predictions)).ToHashSet();
        if (request.Baseline.Replicates.FirstOrDefault(replicate => challengers.Contains(Resolve(replicate.Predictions))) is { } same)
        {
            throw EvaluationProblems.SameSide($"the file '{same.Predictions}'");
        }
    }

    private static string Resolve(string path)
        => (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);

    private static SideInput Side(SideFiles side, IEnumerable<Predictions> predictions)
        => new(side.Name, [.. side.Replicates.Zip(predictions, (file, read) => new ReplicateInput(
            new()
            {
                RunId = file.RunId,
                Seed = file.Seed,
                ModelDigest = file.ModelDigest,
                PredictionsDigest = Digest.OfFile(file.Predictions),
            },
            read))]);
}
