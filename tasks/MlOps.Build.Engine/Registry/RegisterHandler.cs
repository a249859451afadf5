using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Attestation;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Registry;

/// <summary>What the user asked <c>mlops register</c> to do.</summary>
public sealed record RegisterRequest
{
    /// <summary>Where the run's scorer lies is written relative to this folder.</summary>
    public required string ProjectRoot { get; init; }

    /// <summary>The folder with one folder a run.</summary>
    public required string RunsFolder { get; init; }

    /// <summary>The pipeline run.</summary>
    public required string RunId { get; init; }

    /// <summary>Whether a first model is admitted.</summary>
    public bool Bootstrap { get; init; }

    /// <summary>Suspicious files, by name, that somebody has looked at and wants in the package.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>A PEM file with the private key that attests the verdict; null: it is not attested.</summary>
    public string? AttestationKey { get; init; }
}

/// <summary>Puts a judged model into the registry: files first, events last, so that a rerun finds what is missing.</summary>
public sealed class RegisterHandler(
    ProjectConfiguration project, RegistryLog log, PackageBlobs blobs, TimeProvider time, ScanLimits? limits = null, ChangeAuthors? authors = null)
{
    /// <summary>Registers a run.</summary>
    /// <exception cref="ProblemException">MLO2505, MLO2510 to MLO2516: why not.</exception>
    public async Task<Registration> HandleAsync(RegisterRequest request, CancellationToken cancellationToken)
    {
        var run = new RunFiles(request.RunsFolder, request.RunId);
        var pipeline = run.Pipeline();
        var training = run.Training(pipeline);
        using var key = request.AttestationKey is { } file ? ApprovalKeys.Private(file) : null;
        var accepted = Scan(run.ModelFolder(training), request);
        var files = PackageBlobs.FilesOf(run.ModelFolder(training));
        var evaluation = run.Evaluation();
        var candidate = new Candidate
        {
            Pipeline = pipeline,
            Training = training,
            Verdict = run.Verdict(),
            EvaluationDigest = Digest.OfDocument(evaluation),
            ModelDigest = Digest.MerkleRoot(files),
            Bootstrap = request.Bootstrap,
        };
        var certificate = run.Certificate(project.Model);
        var reference = certificate is null ? null : new CertificateReference(Digest.OfDocument(certificate), certificate.PolicyDigest, certificate.EngineDigest);
        var before = await log.StateAsync(project.Model, cancellationToken);
        var manifest = PackageManifest.Of(
            project, candidate, run.TrainingReport(training), evaluation, files, RunScorer.Of(pipeline, request.ProjectRoot));
        var content = Documents.Write(manifest);
        var registration = Answer(candidate, Digest.Of(content), accepted);
        var champion = before.Champion is null ? null : await blobs.ChampionAsync(before, cancellationToken);
        if ((champion is not null && PackageIdentity.IsSame(champion, manifest)) || IsThere(before, registration, key is not null, reference))
        {
            // Whoever was killed after the last event left the head behind; appending nothing repairs it.
            await log.AppendAsync(project.Model, _ => [], cancellationToken);
            return registration with { AlreadyRegistered = true };
        }

        ThrowIf(Admission.Refusal(candidate, before.Champion, time.GetUtcNow()) ?? Admission.OfScorers(candidate, manifest, champion));
        await blobs.PutAsync(run.ModelFolder(training), files, cancellationToken);
        if (RunScorer.FolderOf(pipeline, request.ProjectRoot) is { } scorer)
        {
            await blobs.PutAsync(scorer, manifest.Scorer.Files, cancellationToken);
        }

        await blobs.PutAsync(content, cancellationToken);
        await blobs.PutAsync(CanonicalJson.Of(candidate.Verdict), cancellationToken);
        if (certificate is not null)
        {
            await blobs.PutAsync(CanonicalJson.Of(certificate), cancellationToken);
        }

        var attestation = key is null
            ? null
            : await blobs.PutAsync(
                AttestationBundle.Sign(VerdictStatement.Of(manifest, registration.ManifestDigest, candidate.Verdict), key).Write(), cancellationToken);
        var people = authors is null ? [] : await authors.OfAsync(pipeline.Git.Commit, champion?.Lineage.Git.Commit, cancellationToken);
        await log.AppendAsync(project.Model, state => Decide(state, candidate, registration, before, attestation, reference, people), cancellationToken);
        return registration;
    }

    /// <summary>Once nobody else can write, the champion may be another than before.</summary>
    private List<EventDraft> Decide(
        RegistryState state, Candidate candidate, Registration registration, RegistryState before, string? attestation, CertificateReference? certificate, IReadOnlyList<string> people)
    {
        ThrowIf(Admission.Refusal(candidate, state.Champion, time.GetUtcNow()) ?? Admission.OfMoved(candidate, before, state));
        var drafts = new List<EventDraft>();
        if (!state.Packages.Any(package => package.Body.ManifestDigest == registration.ManifestDigest))
        {
            drafts.Add(EventDraft.Of(RegistryEventType.Registered, new RegisteredBody
            {
                ModelDigest = registration.ModelDigest,
                ManifestDigest = registration.ManifestDigest,
                RunId = registration.RunId,
                Authors = [.. people.Prepend(candidate.Pipeline.Host.Actor).Distinct(StringComparer.OrdinalIgnoreCase)],
                Bootstrap = registration.Bootstrap,
                Accepted = registration.Accepted,
            }));
        }

        if (!IsJudged(state, registration, attestation is not null, certificate))
        {
            drafts.Add(EventDraft.Of(RegistryEventType.Judged, new JudgedBody
            {
                ModelDigest = registration.ModelDigest,
                ManifestDigest = registration.ManifestDigest,
                VerdictDigest = registration.VerdictDigest,
                Verdict = candidate.Verdict.Kind,
                ChampionDigest = candidate.Verdict.Subject.Baselines.FirstOrDefault(),
                ChampionManifest = state.ChampionManifest,
                ExpiresAt = candidate.Verdict.ExpiresAt,
                AttestationDigest = attestation ?? Known(state, registration)?.AttestationDigest,
                Certificate = certificate ?? Known(state, registration)?.Certificate,
            }));
        }

        return drafts;
    }

    /// <summary>What an earlier event said of the same verdict still holds.</summary>
    private static JudgedBody? Known(RegistryState state, Registration registration)
        => state.Verdicts.LastOrDefault(verdict => verdict.Body.ManifestDigest == registration.ManifestDigest && verdict.Body.VerdictDigest == registration.VerdictDigest)?.Body;

    private static bool IsThere(RegistryState state, Registration registration, bool attested, CertificateReference? certificate)
        => state.Packages.Any(package => package.Body.ManifestDigest == registration.ManifestDigest)
            && IsJudged(state, registration, attested, certificate);

    private static bool IsJudged(RegistryState state, Registration registration, bool attested, CertificateReference? certificate)
        => state.Verdicts.Any(verdict => verdict.Body.ManifestDigest == registration.ManifestDigest
            && verdict.Body.VerdictDigest == registration.VerdictDigest
            && (!attested || verdict.Body.AttestationDigest is not null)
            && (certificate is null || verdict.Body.Certificate == certificate));

    private ScanFinding[] Scan(string folder, RegisterRequest request)
    {
        var findings = ModelScan.Look(folder, limits ?? new ScanLimits());
        var accepted = findings.Where(finding =>
            ModelScan.Acceptable.Contains(finding.Kind) && request.Accept.Contains(finding.File)).ToArray();
        return findings.Except(accepted).FirstOrDefault() is { } refused
            ? throw RegistryProblems.Refused(
                "MLO2515",
                $"The run {request.RunId} cannot be registered.",
                refused.Sentence,
                ModelScan.Acceptable.Contains(refused.Kind)
                    ? $"Write the model in a format without code, or take the risk on record: `--accept {refused.File}`."
                    : "Train again with a trainer that writes plain files of its own.")
            : accepted;
    }

    private Registration Answer(Candidate candidate, string manifestDigest, ScanFinding[] accepted) => new()
    {
        Model = project.Model,
        ModelDigest = candidate.ModelDigest,
        ManifestDigest = manifestDigest,
        VerdictDigest = Digest.OfDocument(candidate.Verdict),
        Verdict = candidate.Verdict.Kind,
        RunId = candidate.Pipeline.Id,
        Bootstrap = candidate.IsFirst,
        Accepted = accepted,
        AlreadyRegistered = false,
    };

    private static void ThrowIf(Problem? problem)
    {
        if (problem is not null)
        {
            throw new ProblemException(problem);
        }
    }
}
