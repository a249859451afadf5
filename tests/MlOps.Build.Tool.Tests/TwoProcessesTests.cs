using System.Diagnostics;
using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;

namespace MlOps.Build.Tool.Tests;

/// <summary>Two processes of <c>mlops deploy</c> on one environment at the same time.</summary>
public sealed class TwoProcessesTests : IDisposable
{
    private readonly ReleaseProject project = new();

    private ReleaseWorld World => project.World;

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task The_same_model_is_deployed_once_and_both_succeed()
    {
        await World.GivenAsync("first", "second registered", "second approved");
        var second = World.DigestOf("second");

        var ends = await Task.WhenAll(DeployAsync(second), DeployAsync(second));

        Assert.All(ends, end => Assert.True(end.Exit == 0, end.Error));
        Assert.Single(ends, end => end.Output.Contains("\"alreadyDeployed\": true", StringComparison.Ordinal));
        await AssertServesAsync(second);
    }

    [Fact]
    public async Task Of_two_models_one_is_deployed_and_the_other_is_refused_with_five()
    {
        await World.GivenAsync("first", "second registered");
        new RunWriter(World) { Name = "third", Baseline = World.DigestOf("first") }.Write();
        await World.RegisterAsync("third");
        await World.ApproveAsync(World.DigestOf("second"));
        await World.ApproveAsync(World.DigestOf("third"));

        var ends = await Task.WhenAll(DeployAsync(World.DigestOf("second")), DeployAsync(World.DigestOf("third")));

        var refused = Assert.Single(ends, end => end.Exit != 0);
        Assert.True(refused.Exit == 5, refused.Error + refused.Output);
        Assert.Contains("MLO2704", refused.Output, StringComparison.Ordinal);
        await AssertServesAsync(World.DigestOf(ends[0].Exit == 0 ? "second" : "third"));
    }

    private async Task AssertServesAsync(string model)
    {
        var served = Documents.Read<DeploymentRecord>(Path.Combine(World.Deployed, "deployment.json"));
        var state = await World.StateAsync();

        Assert.Equal((model, 2L), (served.Slots.Single().Digest, served.Generation));
        Assert.Equal((model, 2, 2), (state.Champion, state.Served.Count, state.Promotions.Count));
        Assert.Equal(0, await project.Tool.RunAsync("audit", "verify"));
    }

    private async Task<(int Exit, string Output, string Error)> DeployAsync(string model)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = World.Root,
        };
        foreach (var word in (string[])[Path.Combine(AppContext.BaseDirectory, "mlops.dll"), "deploy", model, "--to", "production", "--output", "json"])
        {
            start.ArgumentList.Add(word);
        }

        var cancellation = TestContext.Current.CancellationToken;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, await error);
    }
}
