using MlOps.Build.Contracts;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Reporting;

/// <summary>Answers <c>mlops report</c>: writes the report of a run anew from what the run wrote.</summary>
public sealed class ReportHandler(RunStore store)
{
    /// <summary>The report of a run; <paramref name="run"/> is an id, its beginning, or null for the newest with a verdict.</summary>
    /// <exception cref="ProblemException">MLO2406: no such run; MLO2801: it has no verdict; MLO2802: its files do not belong together.</exception>
    public Answer<ReportDocument> Handle(string? run, CancellationToken cancellationToken = default)
    {
        var input = Read(run is null or "latest" ? Newest() : store.Find(run));
        ReportFiles.Write(store.FolderOf(input.Run.Id), input, cancellationToken);
        return new(input.ToDocument(), ExitCode.Ok);
    }

    private StoredRun Newest()
        => store.NewestFirst().FirstOrDefault(HasVerdict) ?? throw ReportProblems.NothingJudged();

    private static bool HasVerdict(StoredRun run) => File.Exists(Path.Combine(run.Folder, EvaluatedRun.VerdictFile));

    private static ReportInput Read(StoredRun run)
    {
        if (!HasVerdict(run))
        {
            throw ReportProblems.NoVerdict(run.Record);
        }

        var verdict = Documents.Read<Verdict>(Path.Combine(run.Folder, EvaluatedRun.VerdictFile));
        var evaluation = Documents.Read<Evaluation>(Path.Combine(run.Folder, EvaluatedRun.EvaluationFile));
        var digest = Digest.OfDocument(evaluation);
        if (digest != verdict.Subject.Evaluation)
        {
            throw ReportProblems.OtherEvaluation(run.Record.Id, digest, verdict.Subject.Evaluation);
        }

        var verdictDigest = Digest.OfDocument(verdict);
        return new()
        {
            Run = run.Record,
            Evaluation = evaluation,
            Verdict = verdict,
            VerdictDigest = verdictDigest,
            NextSteps = NextSteps(run, verdictDigest),
        };
    }

    /// <summary>What to do next is known to the run that wrote the first report; a report of another verdict says nothing.</summary>
    private static NextStep[] NextSteps(StoredRun run, string verdictDigest)
    {
        var file = Path.Combine(run.Folder, ReportFiles.Json);
        return File.Exists(file) && Documents.Read<ReportDocument>(file) is var written && written.VerdictDigest == verdictDigest
            ? written.NextSteps
            : [];
    }
}
