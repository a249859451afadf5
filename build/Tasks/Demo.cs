using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Cake.Common;
using Cake.Common.IO;
using Cake.Core;
using MlOps.Build.Demo;

namespace MlOps.Build.Tasks;

[TaskName("Demo")]
[TaskDescription("From `dotnet new` to a gated, approved, served model and back, on real data; --keep leaves the folder.")]
[IsDependentOn(typeof(Pack))]
public sealed class Demo : FrostingTask<BuildContext>
{
    private const string LeftOut = "private static readonly string[] LeftOut = [];";

    public override void Run(BuildContext context)
    {
        var workspace = new DemoWorkspace();
        try
        {
            var key = NewProject(context, workspace);
            var first = FirstRelease(workspace, key);
            using var service = new DemoService(workspace);
            workspace.Step("Score a flight with the running service", () => service.ScoreWith(DemoRelease.ModelDigest(first)));
            var (better, worse) = PullRequests(workspace);
            var second = SecondRelease(workspace, key);
            workspace.Step("The service has moved to the new champion, without a restart", () => service.ScoreWith(DemoRelease.ModelDigest(second)));
            var before = DateTimeOffset.UtcNow;
            workspace.Step("A package with one flipped byte is refused", () => FlippedByte(workspace, second));
            workspace.Step("Roll production back", () =>
            {
                workspace.MlOps(0, "rollback", "--to", "production", "--yes", "--reason", "Demo");
                return service.ScoreWith(DemoRelease.ModelDigest(first));
            });
            workspace.Step("The history says what served when", () => History(workspace, before));
            KeepReports(context, workspace, [("first-release", first), ("better-pull-request", better), ("worse-pull-request", worse), ("second-release", second)]);
            workspace.Total();
        }
        finally
        {
            if (context.HasArgument("keep"))
            {
                DemoWorkspace.Note($"The project is left in {workspace.Project}");
            }
            else
            {
                workspace.Dispose();
            }
        }
    }

    private static string NewProject(BuildContext context, DemoWorkspace workspace)
    {
        var package = context.GetFiles($"{context.Packages}/MlOps.Build.Templates.*.nupkg").Single().FullPath;
        var hive = Path.Combine(workspace.Folder, "hive");
        workspace.Step("Make a project from the packed template", () =>
        {
            workspace.Dotnet("new", "install", package, "--debug:custom-hive", hive);
            workspace.Dotnet("new", "mlops-project", "-n", "LateFlights", "--ci", "none", "--feed", context.Packages.FullPath, "--debug:custom-hive", hive);
            return "dotnet new mlops-project -n LateFlights --ci none --feed artifacts/packages";
        });
        var key = workspace.Step("Ask for a signed approval before production", () => AddApprover(workspace), _ => "mlops.yml: production: { approvals: 1, approvers: [...] }");
        workspace.Step("Build it, run its tests, commit", () =>
        {
            workspace.Dotnet("tool", "restore");
            workspace.Dotnet("build", "--nologo");
            workspace.Git("init", "--quiet", "--initial-branch=main");
            workspace.Git("add", "--all");
            workspace.Git("commit", "--quiet", "--message", "Start");
            return Summary(workspace.Dotnet("test", "--no-build"));
        });
        return key;
    }

    private static JsonElement FirstRelease(DemoWorkspace workspace, string key)
    {
        workspace.Step("Without a champion a release cannot be judged", () =>
        {
            workspace.MlOps(4, "run", "--mode", "full");
            return "exit 4  INCONCLUSIVE: there is no champion to compare with; the fix is --bootstrap";
        });
        var first = workspace.Step("Admit the first model", () => DemoRelease.Run(workspace, 0, "--mode", "full", "--bootstrap"), DemoRelease.Verdict);
        workspace.Step("Register, approve, deploy", () => DemoRelease.Ship(workspace, first, key));
        return first;
    }

    private static (JsonElement Better, JsonElement Worse) PullRequests(DemoWorkspace workspace)
    {
        var better = workspace.Step("Pull request 1: leave out the month, which the holdout has never seen", () =>
        {
            workspace.Git("switch", "--quiet", "--create", "without-month");
            LeaveOut(workspace, "DepartureMonth");
            return DemoRelease.Run(workspace, 0, "--mode", "pr", "--base", "main");
        }, result => $"exit 0  {DemoRelease.Verdict(result)}");
        var worse = workspace.Step("Pull request 2: leave out the departure hour", () =>
        {
            workspace.Git("switch", "--quiet", "--create", "without-hour", "main");
            LeaveOut(workspace, "DepartureHour");
            return DemoRelease.Run(workspace, 1, "--mode", "pr", "--base", "main");
        }, result => $"exit 1  {DemoRelease.Verdict(result)}");
        return (better, worse);
    }

    private static JsonElement SecondRelease(DemoWorkspace workspace, string key)
    {
        var second = workspace.Step("Merge pull request 1 and release", () =>
        {
            workspace.Git("switch", "--quiet", "main");
            workspace.Git("merge", "--quiet", "--no-edit", "without-month");
            return DemoRelease.Run(workspace, 0, "--mode", "full");
        }, DemoRelease.Verdict);
        workspace.Step("Register, approve, deploy", () => DemoRelease.Ship(workspace, second, key));
        return second;
    }

    private static void LeaveOut(DemoWorkspace workspace, string feature)
    {
        var file = Path.Combine(workspace.Project, "src", "LateFlights.Training", "FlightModel.cs");
        var code = File.ReadAllText(file);
        if (!code.Contains(LeftOut, StringComparison.Ordinal))
        {
            throw new CakeException($"'{file}' does not hold '{LeftOut}', which the demo edits.");
        }

        var edited = $"private static readonly string[] LeftOut = [nameof(Flight.{feature})];";
        File.WriteAllText(file, code.Replace(LeftOut, edited, StringComparison.Ordinal));
        workspace.Git("commit", "--quiet", "--all", "--message", $"Leave out {feature}");
    }

    /// <summary>The private key stays outside the project, as a person's would.</summary>
    private static string AddApprover(DemoWorkspace workspace)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keyFile = Path.Combine(workspace.Folder, "approver.pem");
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        Directory.CreateDirectory(Path.Combine(workspace.Project, "keys"));
        File.WriteAllText(Path.Combine(workspace.Project, "keys", "approver.pub"), key.ExportSubjectPublicKeyInfoPem());
        var settings = Path.Combine(workspace.Project, "mlops.yml");
        var text = File.ReadAllText(settings);
        const string open = "production: { target: folder, path: deploy/production }";
        const string signed = "production: { target: folder, path: deploy/production, approvals: 1, approvers: [{ name: demo, publicKey: keys/approver.pub }] }";
        if (!text.Contains(open, StringComparison.Ordinal))
        {
            throw new CakeException($"'{settings}' does not hold '{open}', which the demo edits.");
        }

        File.WriteAllText(settings, text.Replace(open, signed, StringComparison.Ordinal));
        return keyFile;
    }

    /// <summary>One byte of the champion's model in the registry changes; the deployment to staging has to notice.</summary>
    private static string FlippedByte(DemoWorkspace workspace, JsonElement release)
    {
        var modelFile = Path.Combine(
            workspace.Project, ".mlops", "runs", release.GetProperty("run").GetProperty("challengers")[0].GetString()!, "model", "model.zip");
        var digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(modelFile)));
        var blob = Directory.GetFiles(Path.Combine(workspace.Project, ".mlops", "registry", "blobs"), digest, SearchOption.AllDirectories).Single();
        File.SetAttributes(blob, FileAttributes.Normal);
        Flip(blob);
        workspace.MlOps(5, "deploy", "--to", "staging");
        Flip(blob);
        workspace.MlOps(0, "deploy", "--to", "staging");
        return "exit 5, nothing was deployed; with the byte put back the same command succeeds";
    }

    private static string History(DemoWorkspace workspace, DateTimeOffset before)
    {
        var moment = before.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return $"production served {Served("--at", moment)} at {moment} (before the rollback) and serves {Served()} now\n"
            + workspace.MlOps(0, "audit", "verify").Split('\n')[0];

        string Served(params string[] words)
        {
            using var history = JsonDocument.Parse(workspace.MlOps(0, ["models", "history", .. words, "--output", "json"]));
            return history.RootElement.GetProperty("served").EnumerateArray()
                .Single(served => served.GetProperty("environment").GetString() == "production")
                .GetProperty("modelDigest").GetString()![..15] + "...";
        }
    }

    private static void Flip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    private static void KeepReports(BuildContext context, DemoWorkspace workspace, (string Name, JsonElement Result)[] releases)
    {
        var folder = context.Artifacts.Combine("demo");
        context.CleanDirectory(folder);
        foreach (var (name, result) in releases)
        {
            File.Copy(DemoRelease.ReportPath(workspace, result), folder.CombineWithFilePath($"{name}.html").FullPath);
        }

        DemoWorkspace.Note($"Reports: {folder.FullPath}/*.html");
    }

    private static string Summary(string output)
        => output.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.StartsWith("succeeded:", StringComparison.Ordinal)) is { } line
            ? $"tests {line}"
            : "tests passed";
}
