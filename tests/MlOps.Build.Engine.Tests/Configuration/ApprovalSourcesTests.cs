using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Tests.Registry;

namespace MlOps.Build.Engine.Tests.Configuration;

/// <summary>What an environment accepts as approval and attestation.</summary>
public sealed class ApprovalSourcesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Signatures_alone_count_where_nothing_is_said()
    {
        var environment = Read("path: x").Configuration.Environments.Single();

        Assert.Equal([ApprovalSource.LocalKey], environment.ApprovalSources);
        Assert.False(environment.RequireAttestation);
        Assert.False(environment.RequireDigestInComment);
    }

    [Fact]
    public void Every_source_has_its_word_and_a_word_said_twice_counts_once()
    {
        var result = Read("path: x, approvals: 1, approval-sources: [github-review, azure-devops-approval, promotion-lock, signature, signature]");

        Assert.Empty(result.Problems);
        Assert.Equal(
            [ApprovalSource.GithubReview, ApprovalSource.AzureDevopsApproval, ApprovalSource.PromotionLock, ApprovalSource.LocalKey],
            result.Configuration.Environments.Single().ApprovalSources);
    }

    [Theory]
    [InlineData("path: x, approval-sources: [Signature]", "'Signature' is not a source of approvals.")]
    [InlineData("path: x, approval-sources: [local-unsigned]", "'local-unsigned' is not a source of approvals.")]
    [InlineData("path: x, require-attestation: bundle", "asks for an attestation that nobody can give")]
    [InlineData("path: x, approvals: 1", "can never be approved")]
    [InlineData("path: x, approvals: 1, approval-sources: signature", "can never be approved")]
    public void What_could_never_count_is_refused(string settings, string words)
        => Assert.Contains(Read(settings).Problems, problem => problem.What.Contains(words, StringComparison.Ordinal));

    private ConfigurationResult Read(string environment)
    {
        AtomicFile.Write(folder.At("mlops.yml"), $$"""
            model: late-flights
            task: binary-classification
            data: { source: data.csv, label: late }
            train: { project: src/Training }
            environments:
              production: { {{environment}} }
            """);
        return ConfigurationReader.TryRead(folder.Path);
    }
}
