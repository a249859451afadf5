using System.Security.Cryptography;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Deployment;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Engine.Storage;

namespace MlOps.Build.CrashHost;

/// <summary>A project in a folder with two environments, an approver and as many judged runs as a test writes.</summary>
public sealed class ReleaseWorld(string root, TimeProvider time, IStepProbe? probe = null)
{
    public const string Model = "late-flights";

    /// <summary>Ends the verbs, as Ctrl+C does.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Changed by tests: what production asks for.</summary>
    public EnvironmentConfiguration Production { get; set; } = new()
    {
        Name = "production",
        Path = "deploy/production",
        Approvals = 1,
        Approvers = [new("ana", "keys/ana.pub"), new("ben", "keys/ben.pub")],
        AllowSelfApproval = false,
    };

    /// <summary>Changed by tests: the policy, with the rules of environments.</summary>
    public GateConfiguration Gate { get; set; } = new();

    public string Root => root;

    public TimeProvider Time => time;

    public string Runs => Path.Combine(root, ".mlops", "runs");

    public string Registry => Path.Combine(root, ".mlops", "registry");

    public string Deployed => Path.Combine(root, "deploy", "production");

    public Author Author { get; init; } = new("robot", new HostState { Name = "github", RunUrl = null, Actor = "robot" });

    public ProjectConfiguration Project => new()
    {
        Model = Model,
        Task = ModelTask.BinaryClassification,
        Data = new DataConfiguration { Source = "data.csv", Label = "late" },
        Train = new TrainConfiguration { Command = ["trainer"] },
        Score = new ProgramConfiguration { Command = ["scorer"] },
        Gate = Gate,
        Environments = [new() { Name = "staging", Path = "deploy/staging" }, Production],
    };

    public FolderStore Store => new(Registry, time);

    public RegistryLog Log => new(Store, time, Author, probe);

    public PackageBlobs Blobs => new(Store, probe);

    public DeploymentWorld Deployment => new()
    {
        Project = Project,
        ProjectRoot = root,
        Log = Log,
        Blobs = Blobs,
        Author = Author,
        Time = time,
        Probe = probe,
        Vouchers = Vouchers,
    };

    /// <summary>Who is asked for approvals besides the registry.</summary>
    public IReadOnlyList<IVoucher> Vouchers { get; set; } = [];

    public Task<RegistryState> StateAsync() => Log.StateAsync(Model, Cancellation);

    public Task<Registration> RegisterAsync(string run, bool bootstrap = false, params string[] accept)
        => new RegisterHandler(Project, Log, Blobs, time).HandleAsync(
            new RegisterRequest
            {
                RunsFolder = Runs,
                RunId = run,
                ProjectRoot = root,
                Bootstrap = bootstrap,
                Accept = accept,
            },
            Cancellation);

    public Task<ApprovalAnswer> ApproveAsync(string? model = null, string? key = "ana.pem", string to = "production")
        => new ApproveHandler(Project, root, Log, Blobs, Author, time).HandleAsync(
            new ApproveRequest
            {
                Model = model,
                Environment = to,
                KeyFile = key is null ? null : Path.Combine(root, "keys", key),
                Comment = "looks good",
            },
            Cancellation);

    public Task<DeployAnswer> DeployAsync(string? model = null, string to = "production")
        => new DeployHandler(Deployment).HandleAsync(new DeployRequest(model, to), Cancellation);

    public Task<RollbackAnswer> RollBackAsync(string? from = null, bool confirmed = true)
        => new RollbackHandler(Deployment).HandleAsync(
            new RollbackRequest { Environment = "production", Confirmed = confirmed, Reason = "errors", From = from }, Cancellation);

    public Task<Answer<AuditAnswer>> AuditAsync() => new AuditHandler(Deployment).HandleAsync(Cancellation);

    /// <summary>One verb on the newest run, as the crash tests ask for it.</summary>
    public async Task DoAsync(string verb)
    {
        switch (verb)
        {
            case "register":
                await RegisterAsync("second");
                break;
            case "approve":
                await ApproveAsync();
                break;
            case "deploy":
                await DeployAsync(DigestOf("second"));
                break;
            case "deploy by review":
                Production = Production with { ApprovalSources = [ApprovalSource.LocalKey, ApprovalSource.GithubReview] };
                Vouchers = [new GivenReview()];
                await DeployAsync(DigestOf("second"));
                break;
            case "rollback":
                await RollBackAsync(from: DigestOf("second"));
                break;
            default:
                throw new ArgumentException(verb, nameof(verb));
        }
    }

    /// <summary>Makes keys and a scorer: the parts that no run brings.</summary>
    public void Create()
    {
        Directory.CreateDirectory(Path.Combine(root, "keys"));
        foreach (var name in (string[])["ana", "ben", "mallory"])
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            AtomicFile.Write(Path.Combine(root, "keys", name + ".pem"), key.ExportECPrivateKeyPem());
            AtomicFile.Write(Path.Combine(root, "keys", name + ".pub"), key.ExportSubjectPublicKeyInfoPem());
        }

        AtomicFile.Write(Path.Combine(root, "scorer", "Scorer.dll"), "MZ scorer");
        AtomicFile.Write(Path.Combine(root, "scorer", "runtimes", "linux", "native.so"), "ELF native");
    }

    /// <summary>The digest of the model a run wrote.</summary>
    public string DigestOf(string run) => Digest.MerkleRoot(PackageBlobs.FilesOf(ModelFolder(run)));

    public string ModelFolder(string run) => Path.Combine(Runs, run + "-training", "model");

    /// <summary>Registers, approves and deploys a first model, then a second one on top of it.</summary>
    public async Task GivenAsync(params string[] steps)
    {
        foreach (var step in steps)
        {
            await (step switch
            {
                "first" => GivenFirstAsync(),
                "second registered" => GivenSecondAsync(),
                "second approved" => ApproveAsync(),
                "second deployed" => DeployAsync(DigestOf("second")),
                _ => throw new ArgumentException(step, nameof(steps)),
            });
        }
    }

    private async Task GivenFirstAsync()
    {
        new RunWriter(this) { Name = "first", Baseline = null }.Write();
        await RegisterAsync("first", bootstrap: true);
        await ApproveAsync();
        await DeployAsync(DigestOf("first"));
    }

    private Task GivenSecondAsync()
    {
        new RunWriter(this) { Name = "second", Baseline = DigestOf("first") }.Write();
        return RegisterAsync("second");
    }
}
