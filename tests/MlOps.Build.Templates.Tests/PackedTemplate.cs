[assembly: AssemblyFixture(typeof(MlOps.Build.Templates.Tests.PackedTemplate))]

namespace MlOps.Build.Templates.Tests;

/// <summary>The template, packed and installed into a hive of its own: <c>dotnet new</c> of this machine's user is not touched.</summary>
public sealed class PackedTemplate : IAsyncLifetime
{
    /// <summary>A version nobody publishes, so that no cache can stand in for what was packed here.</summary>
    public const string Version = "0.1.0-templatetest";

    private static readonly string[] Packages =
    [
        "tasks/MlOps.Build.Contracts",
        "tasks/MlOps.Build.Annotations",
        "tasks/MlOps.Build.Training",
        "tasks/MlOps.Build.Serving",
        "tasks/MlOps.Build.Tool",
        "tasks/Cake.MlOps",
        "analyzers/MlOps.Build.Analyzers.CodeFixes",
    ];

    private readonly Lazy<Task> _packages;
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-templates-").FullName;

    public PackedTemplate() => _packages = new(async () =>
    {
        foreach (var package in Packages)
        {
            await PackAsync(package);
        }
    });

    /// <summary>Where packed packages are.</summary>
    public string Feed => Path.Combine(_folder, "feed");

    /// <summary>A folder below which a test may do what it wants.</summary>
    public string Workspace => Path.Combine(_folder, "work");

    private string Hive => Path.Combine(_folder, "hive");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Workspace);
        await PackAsync("templates/MlOps.Build.Templates");
        var package = Path.Combine(Feed, $"MlOps.Build.Templates.{Version}.nupkg");
        await Dotnet.RunAsync(Workspace, Environment, "new", "install", package, "--debug:custom-hive", Hive);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    internal IReadOnlyDictionary<string, string> Environment
        => new Dictionary<string, string> { ["DOTNET_CLI_HOME"] = Path.Combine(_folder, "home") };

    /// <summary>Packs everything that a generated project restores, once.</summary>
    internal Task PackAllAsync() => _packages.Value;

    private Task PackAsync(string project)
        => Dotnet.RunAsync(
            Repository.Root,
            new Dictionary<string, string>(),
            "pack",
            project,
            "--no-build",
            "--configuration",
            Repository.Configuration,
            "--output",
            Feed,
            $"-p:MinVerVersionOverride={Version}");

    internal async Task<GeneratedProject> NewAsync(string name, params string[] options)
    {
        var parent = Directory.CreateDirectory(Path.Combine(Workspace, Path.GetRandomFileName())).FullName;
        await Dotnet.RunAsync(
            parent, Environment, ["new", "mlops-project", "--name", name, "--debug:custom-hive", Hive, .. options]);
        return new GeneratedProject(name, Path.Combine(parent, name));
    }
}
