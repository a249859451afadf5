namespace MlOps.Build.Cake.Tests;

/// <summary>A script as a user writes one, run by Cake itself with the addin from a feed of one folder.</summary>
public sealed class ScriptTests(CakeScripts scripts, CopiedEngine engine) : IClassFixture<CakeScripts>, IClassFixture<CopiedEngine>
{
    [Fact]
    public async Task The_addin_loads_and_asks_the_real_engine()
    {
        var (exit, output) = await scripts.RunAsync($$"""
            var answer = MlOpsDoctor(new MlOpsDoctorSettings { EnginePath = "{{engine.Folder}}", Host = "local", HandleExitCode = _ => true });
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
                EnginePath = "{{engine.Folder}}",
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
        Assert.Contains("pinned tool run mlops -- ci status --input \"root=\" --output json", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_ends_the_build_with_its_sentence_and_carries_the_exit_code()
    {
        var (exit, output) = await scripts.RunAsync($$"""
            try
            {
                MlOpsPr(new MlOpsPrSettings { EnginePath = "{{engine.Folder}}", Host = "local", Root = "no \"such\" folder" });
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

    [Fact]
    public async Task An_engine_that_is_not_the_released_one_is_not_started()
    {
        var other = engine.Changed();

        var (exit, output) = await scripts.RunAsync($$"""
            foreach (var folder in new[] { "{{other}}", "{{other}}/nothing" })
            {
                try
                {
                    MlOpsDoctor(new MlOpsDoctorSettings { EnginePath = folder, Host = "local", HandleExitCode = _ => true });
                }
                catch (CakeException exception)
                {
                    Information("refused {0} {1}", exception.ExitCode, exception.Message);
                }
            }
            """);

        Assert.True(exit == 0, output);
        Assert.Contains($"refused 5 MLO2902 '{other}/mlops.runtimeconfig.json' is not the file that was released", output, StringComparison.Ordinal);
        Assert.Contains($"refused 5 MLO2902 '{other}/nothing/engine.sha256' is missing", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alias_inherits_no_input_of_the_step_around_it()
    {
        var (exit, output) = await scripts.RunAsync(
            $$"""
            var answer = MlOpsStatus(new MlOpsStatusSettings { EnginePath = "{{engine.Folder}}", Host = "github", HandleExitCode = _ => true });
            Information("status {0} {1}", answer.ExitCode, answer.Json);
            """,
            ("INPUT_ROOT", "the-step-around-it"));

        Assert.True(exit == 0, output);
        Assert.Contains("MLO2010", output, StringComparison.Ordinal);
        Assert.DoesNotContain("the-step-around-it", output, StringComparison.Ordinal);
    }
}
