using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.AzureDevOps;
using MlOps.Build.Engine.Tests.Training;

namespace MlOps.Build.Engine.Tests.Hosts.AzureDevOps;

public class AzureIdentityTests
{
    private readonly AzureWorld world = new();

    [Fact]
    public void The_pull_request_is_read_from_the_variables_of_the_agent()
    {
        world.Variables["SYSTEM_PULLREQUEST_PULLREQUESTITERATION"] = "3";

        Assert.Equal(
            new PullRequestIdentity { Number = 12, HeadSha = FakeAzureDevOps.Head, BaseBranch = "main", IsFork = false, Iteration = 3 },
            world.Host().PullRequest);
    }

    [Theory]
    [InlineData("SYSTEM_PULLREQUEST_PULLREQUESTID", "")]
    [InlineData("SYSTEM_PULLREQUEST_PULLREQUESTID", "-1")]
    [InlineData("SYSTEM_PULLREQUEST_PULLREQUESTID", "$(System.PullRequest.PullRequestId)")]
    [InlineData("SYSTEM_PULLREQUEST_SOURCECOMMITID", "main; rm -rf /")]
    [InlineData("SYSTEM_PULLREQUEST_TARGETBRANCH", "--upload-pack=x")]
    [InlineData("SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/a\nb")]
    public void What_is_no_pull_request_is_none(string variable, string value)
    {
        world.Variables[variable] = value;

        Assert.Null(world.Host().PullRequest);
    }

    [Fact]
    public void A_repository_on_GitHub_has_its_number_there()
    {
        world.Variables["SYSTEM_PULLREQUEST_PULLREQUESTID"] = "987654321";
        world.Variables["SYSTEM_PULLREQUEST_PULLREQUESTNUMBER"] = "5";

        Assert.Equal(5, world.Host().PullRequest?.Number);
    }

    [Theory]
    [InlineData("https://dev.azure.com/org", "https://dev.azure.com/org/", "org")]
    [InlineData("https://org.visualstudio.com/", "https://org.visualstudio.com/", "org")]
    [InlineData("https://tfs.corp/tfs/Default%20Collection/", "https://tfs.corp/tfs/Default%20Collection/", "Default%20Collection")]
    public void The_collection_is_taken_as_it_is_with_the_path_of_a_server(string given, string address, string organisation)
    {
        world.Variables["SYSTEM_COLLECTIONURI"] = given;

        var (job, _) = AzureJob.Of(new FakeEnvironment(world.Variables));

        Assert.Equal(address, job?.Collection.AbsoluteUri);
        Assert.Equal(organisation, job?.Organisation);
    }

    [Theory]
    [InlineData("SYSTEM_ACCESSTOKEN", "", "System.AccessToken")]
    [InlineData("SYSTEM_ACCESSTOKEN", "$(System.AccessToken)", "System.AccessToken")]
    [InlineData("SYSTEM_COLLECTIONURI", "file:///etc", "SYSTEM_COLLECTIONURI")]
    [InlineData("SYSTEM_TEAMPROJECTID", "", "SYSTEM_TEAMPROJECTID")]
    public void What_is_missing_is_named(string variable, string value, string expected)
    {
        world.Variables[variable] = value;

        var (job, missing) = AzureJob.Of(new FakeEnvironment(world.Variables));

        Assert.Null(job);
        Assert.Contains(expected, missing, StringComparison.Ordinal);
    }
}
