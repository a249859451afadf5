using MlOps.Build.Pipeline.Tests;

namespace MlOps.Build.Conformance.Tests.Azure;

/// <summary>One server with the description of Azure DevOps for all tests that need it.</summary>
public sealed class AzurePrism : IAsyncLifetime
{
    public Prism Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await Prism.StartAsync(Path.Combine(
        Repository.Root, "tests", "MlOps.Build.Conformance.Tests", "contracts", "azure-devops", "azure-devops-rest.swagger.cut.json"));

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>Shows every request to the description before the fake answers it.</summary>
internal sealed class CheckedWire(Prism prism, HttpMessageHandler service, List<string> seen, List<string> violations) : DelegatingHandler(service)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var call = $"{request.Method} {request.RequestUri!.PathAndQuery}";

        // Whose token it is, is asked of a page that the published description does not have.
        if (!request.RequestUri.AbsolutePath.EndsWith("/_apis/connectionData", StringComparison.Ordinal))
        {
            seen.Add(call);
            var found = await prism.ViolationsAsync(request.Method, request.RequestUri.PathAndQuery, body);
            violations.AddRange(found is null ? [$"{call}: no such page"] : found.Select(violation => $"{call}: {violation}"));
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
