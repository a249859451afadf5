using System.Net;
using System.Net.Sockets;

namespace MlOps.Build.Engine.Tests.Hosts.GitHub;

/// <summary>The fake behind a port of this machine, for programs that bring their own network.</summary>
internal sealed class GitHubServer : IDisposable
{
    private readonly HttpListener listener;
    private readonly HttpMessageInvoker invoker;

    public GitHubServer(FakeGitHub gitHub)
    {
        invoker = new(gitHub);
        (listener, Address) = Listen();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    public void Dispose()
    {
        listener.Close();
        invoker.Dispose();
    }

    private static (HttpListener Listener, Uri Address) Listen()
    {
        for (var tries = 0; ; tries++)
        {
            var address = new Uri($"http://127.0.0.1:{FreePort()}/");
            var candidate = new HttpListener { Prefixes = { address.AbsoluteUri } };
            try
            {
                candidate.Start();
                return (candidate, address);
            }
            catch (HttpListenerException) when (tries < 20)
            {
                // Closed with its prefix it would bind the port that somebody else has once more; one that failed early is closed already.
                try
                {
                    candidate.Prefixes.Clear();
                    candidate.Close();
                }
                catch (ObjectDisposedException)
                {
                    // Nothing is left to close.
                }
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await listener.GetContextAsync());
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), context.Request.Url);
        request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers["Authorization"]);
        request.Content = body.Length > 0 ? new ByteArrayContent(body.ToArray()) : null;
        using var response = await invoker.SendAsync(request, CancellationToken.None);
        try
        {
            context.Response.StatusCode = (int)response.StatusCode;
            context.Response.ContentType = "application/json; charset=utf-8";
            await response.Content.CopyToAsync(context.Response.OutputStream);
            context.Response.Close();
        }
        catch (HttpListenerException)
        {
            // Whoever asked does not live any more; the next one is answered.
            context.Response.Abort();
        }
    }
}
