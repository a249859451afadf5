using MlOps.Build.Analyzers.Tests.Catalogue;

namespace MlOps.Build.Analyzers.Tests.Package;

/// <summary>The packed package in a feed of its own, and a solution in a temp folder that uses it.</summary>
public sealed class PackedAnalyzers : IAsyncLifetime
{
    private const string Version = "0.0.1-test";

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "mlops-analyzers-" + Path.GetRandomFileName());

    public string Package => Path.Combine(Folder, "feed", $"MlOps.Build.Analyzers.{Version}.nupkg");

    public string Solution => Path.Combine(Folder, "explore of ours", "churn");

    internal Dotnet Dotnet => new(Folder, Path.Combine(Folder, "packages"));

    public async ValueTask InitializeAsync()
    {
        await Dotnet.Succeed(
            Repository.Root, "pack", "analyzers/MlOps.Build.Analyzers.CodeFixes", "--no-build", "-c", Configuration, "-v", "q",
            "-o", Path.Combine(Folder, "feed"), "-p:MinVerVersionOverride=" + Version);
        Write("nuget.config", """
            <configuration>
              <packageSources><clear /><add key="feed" value="../../feed" /></packageSources>
            </configuration>
            """);
        Write("mlops.yml", "# marks the root of the project\n");
        Write("Churn.slnx", """
            <Solution>
              <Project Path="src/Churn/Churn.csproj" />
              <Project Path="explore/Try/Try.csproj" />
            </Solution>
            """);
        foreach (var project in new[] { "src/Churn/Churn.csproj", "explore/Try/Try.csproj" })
        {
            Write(project, ProjectFile);
        }

        Write("presets/Presets.csproj", ProjectFile);
        Write("presets/Trainer.cs", Trainer);
        Write("presets/.editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.MLOPS2007.severity = warning\n");
        Write("src/Churn/Trainer.cs", Trainer);
        Write("explore/Try/Trainer.cs", Trainer);
    }

    public string Presets => Path.Combine(Solution, "presets");

    public string ProjectFile => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <WarningsAsErrors>CS9057</WarningsAsErrors>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="MlOps.Build.Analyzers" Version="{Version}" PrivateAssets="all" />
            <PackageReference Include="Microsoft.ML" Version="{PinnedVersion("Microsoft.ML")}" />
            <PackageReference Include="System.Numerics.Tensors" Version="{PinnedVersion("System.Numerics.Tensors")}" />
          </ItemGroup>
        </Project>
        """;

    public string Read(string path) => File.ReadAllText(Path.Combine(Solution, path));

    public void Write(string path, string text)
    {
        var file = Path.Combine(Solution, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    public const string Trainer = """
        using Microsoft.ML;

        public static class Trainer
        {
            public static IEstimator<ITransformer> Build()
            {
                var ml = new MLContext();
                var pipeline = ml.Transforms.Concatenate("Features", "A");
                pipeline.Append(ml.Regression.Trainers.Sdca());
                return pipeline;
            }
        }

        """;

    private static string Configuration =>
        AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).EndsWith("release", StringComparison.OrdinalIgnoreCase)
            ? "Release"
            : "Debug";

    private static string PinnedVersion(string package) =>
        System.Xml.Linq.XDocument.Parse(Repository.Read("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Single(line => (string?)line.Attribute("Include") == package)
            .Attribute("Version")!.Value;
}
