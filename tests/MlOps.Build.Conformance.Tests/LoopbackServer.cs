using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MlOps.Build.Conformance.Tests;

/// <summary>An answer of a <see cref="LoopbackServer"/>.</summary>
internal sealed record Page(string Text, string Type = "application/json", int Status = 200);

/// <summary>A small server on this machine, that remembers what it was asked.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Func<string, string, string?, Page> answer;

    /// <summary>Listens on a free port.</summary>
    /// <param name="answer">From method, path with query, and body.</param>
    public LoopbackServer(Func<string, string, string?, Page> answer)
    {
        this.answer = answer;
        Address = Listen();
        _ = ServeAsync();
    }

    public string Address { get; }

    public ConcurrentQueue<string> Calls { get; } = [];

    public void Dispose() => listener.Close();

    /// <summary>Between finding a free port and taking it somebody else may be faster.</summary>
    private string Listen()
    {
        for (var tries = 0; ; tries++)
        {
            using var port = new TcpListener(IPAddress.Loopback, 0);
            port.Start();
            var address = $"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}/";
            port.Stop();
            listener.Prefixes.Clear();
            listener.Prefixes.Add(address);
            try
            {
                listener.Start();
                return address;
            }
            catch (HttpListenerException) when (tries < 20)
            {
                continue;
            }
        }
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                var body = await reader.ReadToEndAsync();
                Calls.Enqueue($"{context.Request.HttpMethod} {context.Request.RawUrl}");
                var page = answer(context.Request.HttpMethod, context.Request.RawUrl!, body.Length > 0 ? body : null);
                context.Response.StatusCode = page.Status;
                context.Response.ContentType = page.Type + "; charset=utf-8";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(page.Text));
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
