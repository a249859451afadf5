namespace MlOps.Build.Templates.Tests;

/// <summary>The content builds as it stands in this repository, against the sources beside it, for every task.</summary>
[Trait("Speed", "Slow")]
public sealed class ContentBuildTests
{
    [Theory]
    [InlineData("Multiclass")]
    [InlineData("Regression")]
    [InlineData("Binary")]
    public async Task Every_task_builds_without_a_warning_and_its_tests_pass(string task)
    {
        var environment = new Dictionary<string, string> { ["MlOpsTask"] = task };

        await Dotnet.RunAsync(
            Repository.Content, environment, "build", "LateFlights.slnx", "-warnaserror", "-c", Repository.Configuration);

        var tests = Path.Combine(
            Repository.Content, "tests", "LateFlights.Tests", "bin", Repository.Configuration, "net10.0", "LateFlights.Tests.dll");
        await Dotnet.RunAsync(Repository.Content, environment, tests);
    }

    [Fact]
    public async Task The_place_to_look_around_builds()
        => await Dotnet.RunAsync(
            Repository.Content,
            new Dictionary<string, string>(),
            "build",
            "explore/LateFlights.Explore",
            "-warnaserror",
            "-c",
            Repository.Configuration);
}
