using System.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Pipeline.Tests.Yaml;

/// <summary>The token that git asks for in the workflows and templates: it comes from the environment, for one server only.</summary>
public sealed class WorkflowTokenTests
{
    public static TheoryData<string> Steps => [.. All().Select(step => step.Place)];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Git_gets_the_token_of_the_job_for_the_servers_own_address(string place)
    {
        var environment = All().First(step => step.Place == place).Environment;

        Assert.Contains("password=s3cret", await AskAsync(environment, "example.org"), StringComparison.Ordinal);
        Assert.DoesNotContain("password", await AskAsync(environment, "example.com"), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_steps_that_need_it_speak_to_the_registrys_branch()
        => Assert.Equal(14, All().Count());

    private static IEnumerable<(string Place, Dictionary<string, string> Environment)> All()
        => from file in ShippedYaml.All
           where file.Kind is YamlKind.Workflow or YamlKind.Pipeline && !file.Place.StartsWith("templates/", StringComparison.Ordinal)
           from step in file.Root.Mappings()
           where step.At("GIT_CONFIG_COUNT") is not null
           select ($"{file.Place}:{step.Start.Line}", step.Children.Where(pair => pair.Value is YamlScalarNode).ToDictionary(pair => pair.Key.ToString(), pair => Resolve(pair.Value.ToString())));

    private static string Resolve(string value)
        => value.Replace("${{ github.server_url }}", "https://example.org", StringComparison.Ordinal)
            .Replace("$(System.CollectionUri)", "https://example.org/our/", StringComparison.Ordinal)
            .Replace("${{ github.token }}", "s3cret", StringComparison.Ordinal)
            .Replace("$(System.AccessToken)", "s3cret", StringComparison.Ordinal);

    private static async Task<string> AskAsync(Dictionary<string, string> environment, string host)
    {
        var start = new ProcessStartInfo("git", ["credential", "fill"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["GIT_TERMINAL_PROMPT"] = "0", ["GIT_ASKPASS"] = "", ["GIT_CONFIG_NOSYSTEM"] = "1", ["GIT_CONFIG_GLOBAL"] = Path.GetTempPath() + "none" },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync($"protocol=https\nhost={host}\npath=our/_git/models\n\n");
        process.StandardInput.Close();
        var answer = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return answer;
    }
}
