using System.Diagnostics;
using System.Globalization;
using System.Text;
using MlOps.Build.Contracts;

namespace MlOps.Build.Tool.Tests.Verbs.Run;

/// <summary>A project in a temporary folder whose trainer and scorer are the test trainer. A good model reads the column x.</summary>
internal sealed class PipelineProject : IDisposable
{
    public const string Good = "{ scoreMode: column }";

    public const string Bad = "{ scoreMode: copy }";

    public const string Rules = "    - { metric: auc, no-worse-by: 0.05 }\n";

    private static readonly string Trainer = Path.Combine(AppContext.BaseDirectory, "MlOps.Build.TestTrainer.dll");

    private readonly ToolFixture tool = new();

    public PipelineProject()
    {
        foreach (var name in new[] { "PATH", "HOME", "DOTNET_ROOT", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "USERPROFILE", "PATHEXT" })
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                tool.Variables[name] = value;
            }
        }

        tool.Write("data/visits.csv", Rows());
        Settings(Good);
    }

    public string Folder => tool.Folder;

    public Dictionary<string, string> Variables => tool.Variables;

    public Action<string>? Line
    {
        set => tool.Line = value;
    }

    public string Output => tool.Output;

    public string Error => tool.Error;

    public string State => Path.Combine(Folder, ".mlops");

    /// <summary>The rules of the gate: the lines below <c>rules:</c>.</summary>
    public void Settings(string parameters, string rules = Rules, string data = "", string more = "", int seeds = 1, string scorer = "") => tool.Write("mlops.yml", string.Create(CultureInfo.InvariantCulture, $"""
        model: late-visits
        task: binary-classification
        data:
          source: data/*.csv
          id: id
          label: late
          slices: [ward]
        {data}sample:
          rows: 200
          seeds: {seeds}
        train:
          command: [dotnet, '{Trainer}']
          parameters: {parameters}
          seed: 7
        score:
          command: [dotnet, '{Trainer}'{(scorer.Length > 0 ? $", --scorer, {scorer}" : string.Empty)}]
        gate:
          resamples: 200
          rules:
        {rules}{more}
        """));

    public string Write(string name, string content) => tool.Write(name, content);

    public string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public Task<int> RunAsync(params string[] args) => tool.RunAsync(args);

    public Task<int> CancellableAsync(CancellationToken cancellation, params string[] args) => tool.CancellableAsync(cancellation, args);

    /// <summary>A whole pipeline; the answer is read with the contract's reader.</summary>
    public async Task<(int Exit, RunResult Result)> PipelineAsync(params string[] more)
    {
        var exit = await tool.RunAsync(["run", .. more, "--output", "json"]);
        return (exit, Answer<RunResult>());
    }

    public T Answer<T>()
        where T : class, IDocument
    {
        Assert.True(Output.Contains(T.SchemaId, StringComparison.Ordinal), Output + Error);
        return Documents.Parse<T>(Encoding.UTF8.GetBytes(Output), "stdout");
    }

    /// <summary>Every run of the project, oldest first.</summary>
    public IReadOnlyList<RunRecord> Runs() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(State, "runs"), "run.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(Documents.Read<RunRecord>),
    ];

    public string RunFile(RunRecord run, string name) => Path.Combine(State, "runs", run.Id, name);

    /// <summary>Everything committed to main.</summary>
    public PipelineProject Commit()
    {
        if (!Directory.Exists(Path.Combine(Folder, ".git")))
        {
            Git("init", "--quiet", "--initial-branch", "main");
        }

        Git("add", "--all");
        Git("-c", "user.name=Ana", "-c", "user.email=ana@example.com", "commit", "--quiet", "-m", "Change");
        return this;
    }

    public void Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { UseShellExecute = false, WorkingDirectory = Folder, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var git = Process.Start(start)!;
        var said = git.StandardError.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, said);
    }

    public void Dispose() => tool.Dispose();

    private static string Rows()
    {
        var text = new StringBuilder("id,x,ward,late\n");
        for (var row = 0; row < 1500; row++)
        {
            // A fixed scatter: x says much about the label, the id nothing.
            var x = row * 7919 % 1000 / 1000.0;
            var noise = row * 104_729 % 997 / 997.0;
            var ward = row % 2 == 0 ? "north" : "south";
            text.Append(CultureInfo.InvariantCulture, $"V{row},{x},{ward},{(x + (0.6 * noise) > 0.8 ? 1 : 0)}\n");
        }

        return text.ToString();
    }
}
