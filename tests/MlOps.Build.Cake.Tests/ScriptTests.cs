namespace MlOps.Build.Cake.Tests;

/// <summary>A script as a user writes one, run by Cake itself with the addin from a feed of one folder.</summary>
public sealed class ScriptTests(CakeScripts scripts) : IClassFixture<CakeScripts>
{
    private static string Engine { get; } = Path.Combine(Pipeline.Tests.Repository.Root, "artifacts", "bin", "MlOps.Build.Tool", Pipeline.Tests.Repository.Configuration).Replace('\\', '/');

    [Fact]
    public async Task The_addin_loads_and_asks_the_real_engine()
    {
        var (exit, output) = await scripts.RunAsync($$"""
            var answer = MlOpsDoctor(new MlOpsDoctorSettings { EnginePath = "{{Engine}}", Host = "local", HandleExitCode = _ => true });
            Information("doctor {0} {1}", answer.ExitCode, answer.Json.Contains("mlops/doctor/1"));
            """);

        Assert.True(exit == 0, output);
        Assert.Matches("doctor [03] True", output);
    }

    [Fact]
    public async Task A_secret_is_a_variable_and_the_other_inputs_are_arguments()
    {
        var (exit, output) = await scripts.RunAsync($$"""
            MlOpsApprove(new MlOpsApproveSettings
            {
                EnginePath = "{{Engine}}",
                Host = "local",
                Environment = "staging",
                ApprovalSource = MlOpsApprovalSource.LockFile,
                RequireDigestInComment = true,
                GithubToken = "hush",
                HandleExitCode = _ => true,
                SetupProcessSettings = process =>
                {
                    Information("arguments {0}", process.Arguments.Render());
                    Information("variable {0}", process.EnvironmentVariables["INPUT_GITHUB-TOKEN"]);
                },
            });
            MlOpsStatus(new MlOpsStatusSettings
            {
                ToolManifest = true,
                HandleExitCode = _ => true,
                SetupProcessSettings = process => Information("pinned {0}", process.Arguments.Render()),
            });
            """);

        Assert.True(exit == 0, output);
        var arguments = output.Split('\n').Single(line => line.StartsWith("arguments ", StringComparison.Ordinal));
        Assert.EndsWith("""ci approve --host "local" --input "environment=staging" --input "approval-source=lock-file" --input "require-digest-in-comment=true" --output json""", arguments.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("variable hush", output, StringComparison.Ordinal);
        Assert.Contains("pinned tool run mlops -- ci status --output json", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_ends_the_build_with_its_sentence_and_carries_the_exit_code()
    {
        var (exit, output) = await scripts.RunAsync($$"""
            try
            {
                MlOpsPr(new MlOpsPrSettings { EnginePath = "{{Engine}}", Host = "local", Root = "no \"such\" folder" });
            }
            catch (CakeException exception)
            {
                Information("carried {0}", exception.ExitCode);
                throw;
            }
            """);

        Assert.True(exit == 1, $"{exit}: {output}");
        Assert.Contains("carried 2", output, StringComparison.Ordinal);
        Assert.Contains("mlops ci pr: MLO2010", output, StringComparison.Ordinal);
        Assert.Contains("no \"such\" folder", output, StringComparison.Ordinal);
    }
}
