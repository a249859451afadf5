namespace MlOps.Build.Pipeline.Tests;

public sealed class LauncherTests
{
    [Fact]
    public async Task The_launcher_passes_its_own_suite()
    {
        var (exit, output) = await Repository.RunAsync(Repository.Root, "node", "--test", "tests/launcher/");

        Assert.True(exit == 0, output);
        Assert.Contains("# fail 0", output, StringComparison.Ordinal);
        Assert.DoesNotContain("# pass 0", output, StringComparison.Ordinal);
    }
}
