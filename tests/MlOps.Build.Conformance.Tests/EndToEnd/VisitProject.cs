using System.Diagnostics;
using System.Globalization;
using System.Text;
using MlOps.Build.Pipeline.Tests;

namespace MlOps.Build.Conformance.Tests.EndToEnd;

/// <summary>A repository with a small project on main and a branch with a change, checked out as a build server does.</summary>
internal sealed class VisitProject : IDisposable
{
    /// <summary>Its model reads the column that the label hangs on; a bad one guesses.</summary>
    public const string Good = "scoreMode: column";

    public const string Bad = "scoreMode: copy";

    /// <summary>As good, and another model.</summary>
    public const string Other = "scoreMode: column, remark: other";

    public const string NoWorse = "    - { metric: auc, no-worse-by: 0.05 }\n";

    private static readonly string Trainer = Path.Combine(Repository.Root, "artifacts", "bin", "MlOps.Build.TestTrainer", Repository.Configuration, "MlOps.Build.TestTrainer.dll");

    private readonly TemporaryFolder folder = new();
    private int pushes;

    /// <summary>Main with a model that is good, and a branch without a commit of its own.</summary>
    /// <param name="rules">The lines below <c>rules:</c>, and what follows them: the policy that binds is that of main.</param>
    public VisitProject(string rules = NoWorse)
    {
        folder.Write("data/visits.csv", Rows());
        Rules = rules;
        Settings(Good);
        Git("init", "--quiet", "--initial-branch", "main");
        Commit();
        Git("update-ref", "refs/remotes/origin/main", "main");
        Git("checkout", "--quiet", "-b", "topic");
    }

    private VisitProject(VisitProject other)
    {
        Rules = other.Rules;
        foreach (var file in Directory.EnumerateFiles(other.Folder, "*", SearchOption.AllDirectories))
        {
            var target = folder.At(Path.GetRelativePath(other.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public string Folder => folder.Path;

    public string Head => Git("rev-parse", "HEAD").Trim();

    public string Rules { get; }

    /// <summary>Where the only rule about auc stands.</summary>
    public int RuleLine => Array.FindIndex(File.ReadAllLines(folder.At("mlops.yml")), line => line.Contains("metric: auc", StringComparison.Ordinal)) + 1;

    /// <summary>A commit on the branch.</summary>
    public void Push(string parameters)
    {
        Settings(parameters);
        folder.Write("remark.txt", string.Create(CultureInfo.InvariantCulture, $"{++pushes}\n"));
        Commit();
    }

    /// <summary>The same commits, checked out by another machine.</summary>
    public VisitProject Clone() => new(this);

    public string At(string relative) => folder.At(relative);

    public IEnumerable<string> StateFiles(string pattern) => Directory.EnumerateFiles(folder.At(".mlops"), pattern, SearchOption.AllDirectories);

    public void Dispose() => folder.Dispose();

    private void Settings(string parameters) => folder.Write("mlops.yml", $$"""
        model: late-visits
        task: binary-classification
        data: { source: data/*.csv, id: id, label: late, slices: [ward] }
        sample: { rows: 200, seeds: 1 }
        train:
          command: [dotnet, '{{Trainer}}']
          parameters: { {{parameters}} }
          seed: 7
        score: { command: [dotnet, '{{Trainer}}'] }
        gate:
          resamples: 200
          rules:
        {{Rules}}
        """);

    private void Commit()
    {
        folder.Write(".gitignore", ".mlops/\n");
        Git("add", "--all");
        Git("-c", "user.name=Ana", "-c", "user.email=ana@example.com", "commit", "--quiet", "-m", "Change");
    }

    private string Git(params string[] words)
    {
        using var git = Process.Start(new ProcessStartInfo("git", words) { UseShellExecute = false, WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = git.StandardOutput.ReadToEnd();
        var error = git.StandardError.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, error);
        return said;
    }

    private static string Rows()
    {
        var text = new StringBuilder("id,x,ward,late\n");
        for (var row = 0; row < 1500; row++)
        {
            // A fixed scatter: x says much about the label, the id nothing.
            var x = row * 7919 % 1000 / 1000.0;
            var noise = row * 104_729 % 997 / 997.0;
            text.Append(CultureInfo.InvariantCulture, $"V{row},{x},{(row % 2 == 0 ? "north" : "south")},{(x + (0.6 * noise) > 0.8 ? 1 : 0)}\n");
        }

        return text.ToString();
    }
}
