using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace MlOps.Build.Benchmarks.Serving;

/// <summary>What a load did.</summary>
/// <param name="Answered">Requests answered with 200.</param>
/// <param name="Failed">Requests answered otherwise or not at all.</param>
/// <param name="Elapsed">How long it ran.</param>
/// <param name="Latencies">Of the answered requests, in microseconds, sorted.</param>
internal sealed record LoadResult(long Answered, long Failed, TimeSpan Elapsed, int[] Latencies)
{
    public double PerSecond => Answered / Elapsed.TotalSeconds;

    public double Milliseconds(double share)
        => Latencies.Length == 0 ? double.NaN : Latencies[(int)Math.Min(Latencies.Length - 1, Latencies.Length * share)] / 1000.0;
}

/// <summary>
/// Clients on kept-alive sockets that send one request after the other. Cheap enough for the service to be what is
/// measured: no HttpClient, one buffer a client.
/// </summary>
internal static class LoadGenerator
{
    public static async Task<LoadResult> RunAsync(int port, string path, byte[] body, int clients, CancellationToken stop)
    {
        var head = Encoding.ASCII.GetBytes(FormattableString.Invariant(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"));
        byte[] request = [.. head, .. body];
        var startedAt = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(
            Enumerable.Range(0, clients).Select(_ => Task.Run(() => ClientAsync(port, request, stop), CancellationToken.None)));
        var elapsed = Stopwatch.GetElapsedTime(startedAt);
        var latencies = results.SelectMany(result => result.Latencies).ToArray();
        Array.Sort(latencies);
        return new LoadResult(latencies.Length, results.Sum(result => result.Failed), elapsed, latencies);
    }

    private static async Task<(List<int> Latencies, long Failed)> ClientAsync(int port, byte[] request, CancellationToken stop)
    {
        var latencies = new List<int>(1 << 16);
        var failed = 0L;
        var buffer = new byte[16 * 1024];
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync("127.0.0.1", port, CancellationToken.None);
                while (!stop.IsCancellationRequested)
                {
                    var startedAt = Stopwatch.GetTimestamp();
                    await socket.SendAsync(request, SocketFlags.None, CancellationToken.None);
                    if (await IsOkAsync(socket, buffer))
                    {
                        latencies.Add((int)Stopwatch.GetElapsedTime(startedAt).TotalMicroseconds);
                    }
                    else
                    {
                        failed++;
                    }
                }
            }
            catch (SocketException)
            {
                failed++;
            }
        }

        return (latencies, failed);
    }

    /// <summary>Reads one response to its end.</summary>
    private static async Task<bool> IsOkAsync(Socket socket, byte[] buffer)
    {
        var filled = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled), SocketFlags.None, CancellationToken.None);
            if (read == 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            filled += read;
            if (IsComplete(buffer.AsSpan(0, filled)))
            {
                return buffer.AsSpan(0, filled).StartsWith("HTTP/1.1 200"u8);
            }
        }
    }

    private static bool IsComplete(ReadOnlySpan<byte> response)
    {
        var end = response.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = response[..end];
        var length = head.IndexOf("Content-Length: "u8);
        if (length < 0)
        {
            return response.EndsWith("0\r\n\r\n"u8) && response.Length > end + 4;
        }

        return System.Buffers.Text.Utf8Parser.TryParse(head[(length + 16)..], out int bytes, out _)
            && response.Length >= end + 4 + bytes;
    }
}
