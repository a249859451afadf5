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
        DataFinding[] stale = [.. request.Models.Zip(request.Challenger.Replicates, (model, replicate) => DataFindings.OfFiles(model, [replicate.Predictions])).SelectMany(found => found)];
        foreach (var finding in stale)
        {
            log.Warn(finding.Sentence);
        }

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
            FoundInFiles = request.Models.Count > 0 ? stale : null,
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
        if (request.Models.FirstOrDefault(model => !File.Exists(model) && !Directory.Exists(model)) is { } missing)
        {
            throw new ProblemException(new Problem("MLO2986", $"There is no model at '{missing}'.", "--model names the file or folder of the model that made the predictions.", "Correct the path, or leave --model out."));
        }

        if (request.Models.Count > 0 && request.Models.Count != request.Challenger.Replicates.Count)
        {
            throw new ProblemException(new Problem(
                "MLO2986",
                $"{EvaluationProblems.Number(request.Models.Count)} models do not make {EvaluationProblems.Number(request.Challenger.Replicates.Count)} files of predictions.",
                "--model names one model for each file of --predictions, in the same order.",
                "Name one for each, or leave --model out."));
        }

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
