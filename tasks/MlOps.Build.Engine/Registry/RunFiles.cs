using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Registry;

/// <summary>The files of a finished pipeline run and of its challenger's training.</summary>
/// <param name="runs">The folder with one folder a run, <c>.mlops/runs</c>.</param>
/// <param name="id">The pipeline run.</param>
public sealed class RunFiles(string runs, string id)
{
    private readonly string folder = Path.Combine(runs, id);

    public string ModelFolder(RunRecord training) => Path.Combine(runs, training.Id, "model");

    public RunRecord Pipeline() => Documents.Read<RunRecord>(Path.Combine(folder, "run.json"));

    public Verdict Verdict() => Documents.Read<Verdict>(Path.Combine(folder, "verdict.json"));

    public Evaluation Evaluation() => Documents.Read<Evaluation>(Path.Combine(folder, "evaluation.json"));

    /// <summary>The certificate of the self-test, where there is one that says yes.</summary>
    public Certificate? Certificate(string model)
    {
        var file = Path.Combine(folder, Gating.SelfTestHandler.CertificateFile);
        if (!File.Exists(file))
        {
            return null;
        }

        var certificate = Documents.Read<Certificate>(file);
        return certificate.Certified && certificate.Model == model ? certificate : null;
    }

    /// <summary>The one training of the challenger.</summary>
    /// <exception cref="ProblemException">MLO2510: there is none, or there are several samples.</exception>
    public RunRecord Training(RunRecord pipeline)
        => pipeline.Challengers is [var training]
            ? Documents.Read<RunRecord>(Path.Combine(runs, training, "run.json"))
            : throw RegistryProblems.Refused(
                "MLO2510",
                $"The run {pipeline.Id} cannot be registered.",
                FormattableString.Invariant($"It trained {pipeline.Challengers.Length} challengers; a release has exactly one."),
                "Run `mlops run --mode full` and register its result.");

    public TrainingRecord TrainingReport(RunRecord training)
        => Documents.Read<TrainingRecord>(Path.Combine(runs, training.Id, "training.json"));
}
