using System.Net;
using System.Text;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Tests.Storage.Git;

/// <summary>Git over HTTP on the loopback, with git's own server program behind a door that wants a header.</summary>
internal sealed class GitHttpServer : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly BranchFixture git;
    private readonly Task serving;

    public GitHttpServer(BranchFixture git)
    {
        this.git = git;
        for (var port = 20_000 + (Environment.ProcessId % 20_000); ; port++)
        {
            Url = FormattableString.Invariant($"http://127.0.0.1:{port}/");
            listener.Prefixes.Clear();
            listener.Prefixes.Add(Url);
            try
            {
                listener.Start();
                break;
            }
            catch (HttpListenerException)
            {
                // Somebody else has the port.
            }
        }

        serving = ServeAsync();
    }

    public string Url { get; }

    /// <summary>The only Authorization that is let in.</summary>
    public string Authorization { get; } = "basic eC1hY2Nlc3MtdG9rZW46c2VjcmV0";

    /// <summary>When not 0, what every request that writes is answered.</summary>
    public int PushStatus { get; set; }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;

        // A stopped listener binds its port once more when it is closed, and by then another server may have it.
        listener.Prefixes.Clear();
        listener.Close();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await AnswerAsync(context);
            context.Response.Close();
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var request = context.Request;
        var pushes = request.RawUrl!.Contains("receive-pack", StringComparison.Ordinal);
        if (request.Headers["Authorization"] != Authorization)
        {
            context.Response.StatusCode = 401;
            context.Response.AddHeader("WWW-Authenticate", "Basic realm=\"git\"");
            return;
        }

        if (pushes && PushStatus != 0)
        {
            context.Response.StatusCode = PushStatus;
            return;
        }

        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        using var output = new MemoryStream();
        await git.Processes.RunAsync(
            new ProcessRequest
            {
                Program = "git",
                Arguments = ["http-backend"],
                WorkingDirectory = git.At(),
                Environment = Variables(request, body.Length),
                Input = async (stream, token) => await stream.WriteAsync(body.ToArray(), token),
                OutputBytes = output,
            },
            CancellationToken.None);
        await SendAsync(context.Response, output.ToArray());
    }

    private Dictionary<string, string> Variables(HttpListenerRequest request, long length) => new(git.Environment.Variables)
    {
        ["GIT_PROJECT_ROOT"] = git.At(),
        ["GIT_HTTP_EXPORT_ALL"] = "1",
        ["REMOTE_USER"] = "robot",
        ["PATH_INFO"] = request.Url!.AbsolutePath,
        ["QUERY_STRING"] = request.Url.Query.TrimStart('?'),
        ["REQUEST_METHOD"] = request.HttpMethod,
        ["CONTENT_TYPE"] = request.ContentType ?? string.Empty,
        ["CONTENT_LENGTH"] = length.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["HTTP_CONTENT_ENCODING"] = request.Headers["Content-Encoding"] ?? string.Empty,
        ["GIT_PROTOCOL"] = request.Headers["Git-Protocol"] ?? string.Empty,
    };

    /// <summary>CGI: headers, an empty line, the body.</summary>
    private static async Task SendAsync(HttpListenerResponse response, byte[] output)
    {
        var end = output.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var line in Encoding.ASCII.GetString(output, 0, end).Split("\r\n"))
        {
            var parts = line.Split(": ", 2);
            if (parts[0] == "Status")
            {
                response.StatusCode = int.Parse(parts[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
            }
            else
            {
                response.Headers[parts[0]] = parts[1];
            }
        }

        await response.OutputStream.WriteAsync(output.AsMemory(end + 4));
    }
}
