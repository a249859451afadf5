using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Gating;

/// <summary>The predictions of a run in, <c>certificate.json</c> out.</summary>
public sealed class SelfTestHandler(TimeProvider time, string engineDigest, IProgressLog log)
{
    public const string CertificateFile = "certificate.json";

    /// <summary>Tests the project's policy on a run and writes the certificate, also one that says no.</summary>
    /// <exception cref="ProblemException">MLO2314, MLO2340, MLO2406.</exception>
    public Answer<Certificate> Handle(SelfTestRequest request, CancellationToken cancellationToken)
    {
        var run = KeptRun.Open(request.Runs, request.Run);
        log.Step($"Reading the predictions of run {run.Id}");
        var labels = run.Labels(request.Configuration);
        var sides = Twins.Sides(run.Input(request.Configuration, labels, request.Seed), request.Seed);
        var policy = request.Configuration.Gate;
        var test = new SelfTest(run.Fixed(policy), engineDigest);
        log.Step("Making the model worse in known ways");
        MutantResult[] damages = [.. test.Damage(sides, request.Seed), .. DamageFiles(run, labels)];
        cancellationToken.ThrowIfCancellationRequested();
        log.Step("Making the model better in known ways");
        MutantResult[] improvements = [.. test.Improve(sides, request.Seed)];
        log.Step("Changing nothing");
        var nothing = test.ChangeNothing(sides, request.Repetitions, request.Seed, cancellationToken);
        var certified = damages.All(damage => damage.Holds) && improvements.All(improvement => improvement.Holds) && nothing.Holds;
        var certificate = new Certificate
        {
            Model = request.Configuration.Model,
            Mode = run.Evaluation.Mode,
            Certified = certified,
            Sentence = SelfTest.Sentence(damages, improvements, nothing),
            RunId = run.Id,
            Models = [.. run.Evaluation.Challenger.Replicates.Select(replicate => replicate.ModelDigest).OfType<string>()],
            PolicyDigest = PolicyDigest.Of(policy),
            EngineDigest = engineDigest,
            HoldoutDigest = sides.Holdout.Digest,
            Rows = sides.Holdout.Labels.Length,
            Seed = request.Seed,
            Damages = damages,
            Improvements = improvements,
            Null = nothing,
            CreatedAt = time.GetUtcNow().ToUniversalTime(),
        };
        AtomicFile.Write(request.Output ?? Path.Combine(run.Folder, CertificateFile), certificate);
        return new(certificate, certified ? ExitCode.Ok : ExitCode.No);
    }

    private static IEnumerable<MutantResult> DamageFiles(KeptRun run, LabelsFile labels)
    {
        var scratch = Directory.CreateTempSubdirectory("mlops-selftest-");
        try
        {
            foreach (var (name, change, sql) in FileDamages.All)
            {
                var file = Path.Combine(scratch.FullName, name + ".parquet");
                FileDamages.Write(sql, run.Challenger[0], file);
                var result = Judges.Refusal(name, change, () => FileDamages.Read(labels, file));
                yield return result with { Sentence = result.Sentence.Replace(file, Path.GetFileName(file), StringComparison.Ordinal) };
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
