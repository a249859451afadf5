using MlOps.Build.Contracts;
using MlOps.Build.Tool.Tests.Verbs.Run;

namespace MlOps.Build.Tool.Tests.Verbs.Ci;

/// <summary>The verbs of a pipeline task, from training to rollback, as a build server calls them.</summary>
public sealed class CiReleaseTests : IDisposable
{
    private const string Environments = "environments:\n  staging: { path: deploy/staging }\n  production: { path: deploy/production, approvals: 1, approvers: [{ name: ana, publicKey: keys/ana.pub }] }\n";

    private const string Strict = """
            - { metric: auc, at-least: 0.7, no-worse-by: 0.05 }
            - { metric: log-loss, no-worse-by: 0.02 }
            - { metric: brier, no-worse-by: 0.005 }
            - { metric: auc, slices: [ward], no-worse-by: 0.05 }
          minimum-support: 50

        """;

    private readonly PipelineProject project = new();

    public CiReleaseTests()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        project.Write("keys/ana.pub", key.ExportSubjectPublicKeyInfoPem());
        project.Settings(PipelineProject.Good, more: Environments);
        project.Variables["GITHUB_ACTIONS"] = "true";
        project.Variables["GITHUB_EVENT_NAME"] = "push";
        project.Variables["GITHUB_REF"] = "refs/heads/main";
        project.Variables["GITHUB_EVENT_PATH"] = project.Write("host/event.json", """{"repository":{"default_branch":"main"}}""");
        project.Variables["GITHUB_OUTPUT"] = project.Write("host/output.txt", string.Empty);
        project.Variables["GITHUB_STEP_SUMMARY"] = project.Write("host/summary.md", string.Empty);
    }

    private string Outputs => project.Read("host/output.txt");

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task A_release_is_judged_and_registered_and_stops_before_people()
    {
        project.Variables["INPUT_BOOTSTRAP"] = "true";

        var exit = await project.RunAsync("ci", "release", "--output", "json");

        Assert.True(exit == 0, project.Error);
        var answer = project.Answer<ReleaseAnswer>();
        Assert.False(answer.Registration!.AlreadyRegistered);
        Assert.Null(answer.NotRegistered);
        Assert.Equal(["staging", "production"], answer.Environments.Select(waiting => waiting.Environment));
        Assert.Null(answer.Environments[0].Waits);
        Assert.Contains("needs 1 approvals", answer.Environments[1].Waits, StringComparison.Ordinal);
        Assert.StartsWith("mlops approve ", answer.Environments[1].Next.Command, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(project.Folder, "deploy")));
        foreach (var output in (string[])["verdict", "verdict-digest", "model-digest", "report-path", "run-id", "package"])
        {
            Assert.Contains($"{output}", Outputs, StringComparison.Ordinal);
        }

        Assert.Contains($"{Digest.Hex(answer.Registration.ModelDigest)[..12]} is in the registry. Nothing is deployed until", project.Read("host/summary.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("at-least: 0.6", "  extends: policies/house.yml\n", 0)]
    [InlineData("at-least: 0.5", "  extends: policies/house.yml\n", 5)]
    [InlineData("at-least: 0.6", "", 5)]
    public async Task A_policy_that_the_pipeline_demands_must_have_judged_unchanged(string rule, string extends, int expected)
    {
        const string Published = "rules:\n  - { metric: auc, at-least: 0.6 }\nresamples: 200\n";
        project.Write("policies/house.yml", Published.Replace("at-least: 0.6", rule, StringComparison.Ordinal));
        project.Settings(PipelineProject.Good, PipelineProject.Rules + extends, more: Environments);
        project.Variables["INPUT_BOOTSTRAP"] = "true";
        project.Variables["INPUT_REQUIRE-POLICY"] = Digest.Of(Published);

        var exit = await project.RunAsync("ci", "release");

        Assert.True(exit == expected, project.Error);
        Assert.Equal(expected == 0, Directory.Exists(Path.Combine(project.State, "registry")));
        Assert.Equal(expected != 0, project.Error.Contains("error MLO2945: 'late-visits' was judged without a policy that this pipeline demands.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Strict, null)]
    [InlineData(PipelineProject.Rules, "no certificate")]
    public async Task Where_an_environment_requires_a_certificate_the_release_makes_it(string rules, string? waits)
    {
        project.Settings(PipelineProject.Good, rules, more: "environments:\n  staging: { path: deploy/staging, require-certificate: true }\n");
        project.Variables["INPUT_BOOTSTRAP"] = "true";

        var exit = await project.RunAsync("ci", "release", "--output", "json");

        Assert.True(exit == 0, project.Error);
        Assert.Contains("Testing the gate: 'staging' requires a certificate", project.Error, StringComparison.Ordinal);
        Assert.Equal(waits is not null, project.Error.Contains("warning: The policy is not certified: No rule of this policy sees", StringComparison.Ordinal));
        var environment = Assert.Single(project.Answer<ReleaseAnswer>().Environments);
        Assert.True(waits is null ? environment.Waits is null : environment.Waits is not null, environment.Waits);
        Assert.Equal(waits is null ? 0 : 5, await project.RunAsync("deploy", "--to", "staging"));
    }

    [Fact]
    public async Task A_verdict_pinned_longer_ago_than_it_lives_is_not_registered()
    {
        project.Variables["INPUT_BOOTSTRAP"] = "true";
        project.Variables["SOURCE_DATE_EPOCH"] = "1000000000";

        Assert.Equal(5, await project.RunAsync("ci", "release"));

        Assert.StartsWith("error MLO2512:", project.Error[project.Error.IndexOf("error ", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("Its verdict ended on 2001-09-23", project.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_that_breaks_off_says_so_on_the_page_of_the_run()
    {
        project.Write(".mlops/runs", "a file where a folder is needed");

        var exit = await project.RunAsync("ci", "release");

        Assert.Equal(70, exit);
        Assert.Contains("### ⚠️ Not judged: late-visits", project.Read("host/summary.md"), StringComparison.Ordinal);
        Assert.Contains("`MLO2985`", project.Read("host/summary.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_released_model_is_deployed_looked_at_and_refused_where_nobody_approved()
    {
        project.Variables["INPUT_BOOTSTRAP"] = "true";
        Assert.Equal(0, await project.RunAsync("ci", "release"));

        project.Variables["INPUT_ENVIRONMENT"] = "staging";
        Assert.Equal(0, await project.RunAsync("ci", "deploy"));
        Assert.Contains("generation", Outputs, StringComparison.Ordinal);
        Assert.Equal(0, await project.RunAsync("ci", "status"));
        Assert.Contains("staging", project.Output, StringComparison.Ordinal);
        project.Variables["INPUT_ENVIRONMENT"] = "production";
        Assert.Equal(5, await project.RunAsync("ci", "deploy"));
        Assert.Contains("MLO2706", project.Error, StringComparison.Ordinal);
        Assert.Equal(5, await project.RunAsync("ci", "approve"));
        Assert.Contains("MLO2602", project.Error, StringComparison.Ordinal);
        project.Variables["INPUT_ENVIRONMENT"] = "staging";
        Assert.Equal(3, await project.RunAsync("ci", "rollback"));
        Assert.Contains("MLO2713", project.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_is_attested_in_a_job_of_its_own_and_only_then_deployed()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        project.Write("keys/ci.pub", key.ExportSubjectPublicKeyInfoPem());
        project.Settings(PipelineProject.Good, more: "environments:\n  staging: { path: deploy/staging, require-attestation: bundle, attesters: [{ name: ci, publicKey: keys/ci.pub }] }\n");
        project.Variables["INPUT_BOOTSTRAP"] = "true";
        project.Variables["INPUT_ENVIRONMENT"] = "staging";
        Assert.True(await project.RunAsync("ci", "release", "--output", "json") == 0, project.Error);
        var registration = project.Answer<ReleaseAnswer>().Registration!;
        Assert.Equal(5, await project.RunAsync("ci", "deploy"));
        Assert.Contains("MLO2607", project.Error, StringComparison.Ordinal);
        Assert.Equal(2, await project.RunAsync("ci", "attest"));
        Assert.Contains("MLO2905", project.Error, StringComparison.Ordinal);

        // As a server writes a secret of one line.
        project.Variables["INPUT_ATTESTATION-KEY"] = key.ExportECPrivateKeyPem().Replace('\n', ' ');
        project.Variables["INPUT_PACKAGE"] = registration.ManifestDigest;
        project.Variables["INPUT_VERDICT-DIGEST"] = registration.VerdictDigest;
        Assert.True(await project.RunAsync("ci", "attest") == 0, project.Error);

        Assert.Contains("is attested", project.Read("host/summary.md"), StringComparison.Ordinal);
        Assert.True(await project.RunAsync("ci", "deploy") == 0, project.Error);
    }

    [Fact]
    public async Task A_key_that_is_none_attests_nothing()
    {
        project.Variables["INPUT_ATTESTATION-KEY"] = "-----BEGIN EC PRIVATE KEY-----";
        project.Variables["INPUT_PACKAGE"] = project.Variables["INPUT_VERDICT-DIGEST"] = "sha256:0";

        Assert.Equal(2, await project.RunAsync("ci", "attest"));

        Assert.Contains("MLO2601", project.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("release")]
    [InlineData("attest")]
    [InlineData("approve")]
    [InlineData("deploy")]
    [InlineData("rollback")]
    [InlineData("gate")]
    public async Task A_pull_request_is_refused_what_binds_before_anything_is_read(string verb)
    {
        project.Variables["GITHUB_EVENT_NAME"] = "pull_request";
        project.Variables.Remove("GITHUB_EVENT_PATH");

        var exit = await project.RunAsync("ci", verb);

        Assert.Equal(5, exit);
        Assert.StartsWith("error MLO2960:", project.Error, StringComparison.Ordinal);
        Assert.Contains("nobody has merged", project.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(project.State));
    }

    [Theory]
    [InlineData("release")]
    [InlineData("attest")]
    [InlineData("approve")]
    [InlineData("deploy")]
    [InlineData("rollback")]
    public async Task The_merge_queue_judges_and_changes_nothing(string verb)
    {
        project.Variables["GITHUB_EVENT_NAME"] = "merge_group";

        Assert.Equal(5, await project.RunAsync("ci", verb));

        Assert.Contains("The merge queue has not merged it yet.", project.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(project.State));
    }

    [Theory]
    [InlineData("release")]
    [InlineData("attest")]
    [InlineData("approve")]
    [InlineData("deploy")]
    [InlineData("rollback")]
    public async Task On_Azure_DevOps_nothing_is_released_while_only_variables_say_that_it_is_main(string verb)
    {
        project.Variables.Remove("GITHUB_ACTIONS");
        (project.Variables["TF_BUILD"], project.Variables["BUILD_SOURCEBRANCH"]) = ("True", "refs/heads/main");

        Assert.Equal(5, await project.RunAsync("ci", verb));

        Assert.Contains("Nobody says that 'refs/heads/main' is the default branch: the step has no token", project.Error, StringComparison.Ordinal);
        Assert.Contains("fix: Map the token of the job, `env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)`", project.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(project.State));
    }

    [Fact]
    public async Task A_released_model_names_those_who_wrote_it()
    {
        project.Commit();
        project.Variables["GITHUB_TRIGGERING_ACTOR"] = "dana-dev";
        project.Variables["INPUT_BOOTSTRAP"] = "true";
        Assert.True(await project.RunAsync("ci", "release") == 0, project.Error);

        var registered = Directory.EnumerateFiles(Path.Combine(project.State, "registry"), "*.json", SearchOption.AllDirectories)
            .Select(File.ReadAllText).First(text => text.Contains("\"authors\"", StringComparison.Ordinal));

        Assert.All((string[])["dana-dev", "Ana", "ana@example.com"], name => Assert.Contains($"\"{name}\"", registered, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_release_for_advice_is_judged_on_all_rows_and_never_registered()
    {
        project.Variables["GITHUB_EVENT_NAME"] = "pull_request";
        project.Variables.Remove("GITHUB_EVENT_PATH");
        project.Variables["INPUT_BOOTSTRAP"] = "true";
        project.Variables["INPUT_ALLOW-ADVISORY"] = "true";

        var exit = await project.RunAsync("ci", "release", "--output", "json");

        Assert.Equal(0, exit);
        Assert.Null(project.Answer<ReleaseAnswer>().Registration);
        Assert.Contains("binds nobody", project.Answer<ReleaseAnswer>().NotRegistered, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(project.State, "registry")));
    }

    [Fact]
    public async Task A_run_is_trained_judged_again_and_reported_again()
    {
        Assert.Equal(0, await project.RunAsync("ci", "train"));
        Assert.Contains("model-digest", Outputs, StringComparison.Ordinal);
        project.Variables["INPUT_BOOTSTRAP"] = "true";
        Assert.Equal(0, await project.RunAsync("run", "--mode", "full", "--bootstrap"));

        project.Variables["INPUT_VERDICT-FILE"] = "out/again.json";
        Assert.Equal(0, await project.RunAsync("ci", "gate"));
        Assert.Equal(0, await project.RunAsync("ci", "report"));

        Assert.True(Documents.Read<Verdict>(Path.Combine(project.Folder, "out", "again.json")).Bootstrap);
        Assert.Contains("report.html", Outputs, StringComparison.Ordinal);
        Assert.Contains("late-visits", project.Read("host/summary.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_is_reported_as_data_and_a_forged_one_is_refused()
    {
        project.Commit();
        project.Settings(PipelineProject.Bad, more: Environments);
        await project.RunAsync("run");
        var run = project.Runs().Last(run => run.Kind == RunKind.Pipeline);
        project.Variables["INPUT_BUNDLE"] = Path.GetDirectoryName(project.RunFile(run, "report.json"))!;
        project.Variables["GITHUB_EVENT_NAME"] = "workflow_run";
        project.Variables.Remove("GITHUB_EVENT_PATH");

        Assert.True(await project.RunAsync("ci", "report") == 0, project.Error);
        Assert.Contains("fail", Outputs, StringComparison.Ordinal);
        Assert.Contains("late-visits", project.Read("host/summary.md"), StringComparison.Ordinal);
        var file = project.RunFile(run, "report.json");
        project.Write(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("\"fail\"", "\"pass\"", StringComparison.Ordinal));
        Assert.Equal(5, await project.RunAsync("ci", "report"));
        Assert.StartsWith("error MLO2961:", project.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_are_masked_before_anything_else_and_shown_nowhere()
    {
        project.Variables["INPUT_GITHUB-TOKEN"] = "ghs_0123456789abcdefghijABCDEFGHIJ";
        project.Variables["INPUT_ENVIRONMENT"] = "x?sig=abcdefghijklmnop%3D";

        Assert.Equal(2, await project.RunAsync("ci", "deploy"));

        Assert.StartsWith("::add-mask::ghs_0123456789abcdefghijABCDEFGHIJ\n", project.Output, StringComparison.Ordinal);
        Assert.Contains("sig=***", project.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefghijklmnop", project.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_of_a_pull_request_says_that_it_is_advice()
    {
        project.Variables["GITHUB_EVENT_NAME"] = "pull_request";
        project.Variables.Remove("GITHUB_EVENT_PATH");

        Assert.Equal(0, await project.RunAsync("ci", "pr"));

        Assert.Contains("binds nobody", project.Read("host/summary.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train", "INPUT_MODE", "all", "all")]
    [InlineData("release", "INPUT_BOOTSTRAP", "yes", "yes")]
    [InlineData("deploy", "INPUT_ENVIRONMENT", " ", "environment")]
    public async Task An_input_that_is_not_understood_is_named(string verb, string input, string value, string words)
    {
        project.Variables[input] = value;

        var exit = await project.RunAsync("ci", verb);

        Assert.Equal(2, exit);
        Assert.StartsWith("error MLO2905:", project.Error, StringComparison.Ordinal);
        Assert.Contains(words, project.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_names_the_zone_of_the_job()
    {
        project.Variables["GITHUB_EVENT_NAME"] = "pull_request";
        project.Variables.Remove("GITHUB_EVENT_PATH");

        Assert.Equal(0, await project.RunAsync("ci", "doctor"));

        Assert.Contains("untrusted", project.Output, StringComparison.Ordinal);
    }
}
