using MlOps.Build.Engine.Tests.Hosts.GitHub;

namespace MlOps.Build.Conformance.Tests.GitHub;

/// <summary>Prism with GitHub's own description, and everything it has judged so far.</summary>
public sealed class GitHubDescription(NodeTools tools) : IAsyncLifetime
{
    private GitHubPrism? prism;

    /// <summary>The tools are installed first.</summary>
    public NodeTools Tools { get; } = tools;

    internal List<JudgedRequest> Seen { get; } = [];

    public async ValueTask InitializeAsync() => prism = await GitHubPrism.StartAsync(Path.Combine("github", "github-rest.openapi.cut.json"));

    public async ValueTask DisposeAsync()
    {
        if (prism is not null)
        {
            await prism.DisposeAsync();
        }
    }

    internal PrismProxy Proxy => new(prism!.Address, Seen);

    /// <summary>A network whose answers come from the fake and whose requests Prism sees as well.</summary>
    internal HttpMessageHandler Beside(FakeGitHub gitHub) => new Both(this, gitHub);

    /// <summary>A network whose answers are Prism's own.</summary>
    internal HttpMessageHandler Alone() => new Both(this, null);

    private sealed class Both(GitHubDescription description, FakeGitHub? gitHub) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // GraphQL is not part of the description.
            var judged = request.RequestUri!.AbsolutePath.EndsWith("/graphql", StringComparison.Ordinal)
                ? new HttpResponseMessage(System.Net.HttpStatusCode.NotFound) { Content = new StringContent("{}"), RequestMessage = request }
                : await description.Proxy.SendAsync(request, cancellationToken);
            if (gitHub is null)
            {
                return judged;
            }

            judged.Dispose();
            using var invoker = new HttpMessageInvoker(gitHub, disposeHandler: false);
            return await invoker.SendAsync(request, cancellationToken);
        }
    }
}
