namespace MlOps.Build.Conformance.Tests.Azure;

/// <summary>The validator takes what Azure DevOps takes, and sees the mistakes that people make.</summary>
public sealed class PipelineValidatorTests : IDisposable
{
    private const string Good = """
        trigger:
          - main
        pool:
          vmImage: ubuntu-latest
        steps:
          - checkout: self
            fetchDepth: 0
          - task: UseDotNet@2
            inputs:
              packageType: sdk
              version: 10.0.401
          - task: MlOpsBuild@1
            name: gate
            inputs:
              command: pr
              comment: on-change
              advisory: true
              requireDigestInComment: $(digestInComment)
              enginePath: /opt/mlops
            env:
              SYSTEM_ACCESSTOKEN: $(System.AccessToken)

        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_right_pipeline_has_no_findings()
        => Assert.Empty(await PipelineValidator.FindingsAsync(folder.Write("azure-pipelines.yml", Good)));

    [Theory]
    [InlineData("command: pr", "command: retrain")]
    [InlineData("enginePath:", "engine-path:")]
    [InlineData("MlOpsBuild@1", "MlOpsBuild@9")]
    [InlineData("comment: on-change", "comment: sometimes")]
    [InlineData("advisory: true", "advisory: perhaps")]
    [InlineData("steps:", "stepps:")]
    [InlineData("fetchDepth: 0", "depth: 0")]
    public async Task A_mistake_is_found(string right, string wrong)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);

        Assert.NotEmpty(await PipelineValidator.FindingsAsync(folder.Write("azure-pipelines.yml", Good.Replace(right, wrong, StringComparison.Ordinal))));
    }
}
