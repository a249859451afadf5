using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace MlOps.Build.Serving;

/// <summary>Reads a whole body with a limit on its size and on the time it takes.</summary>
internal static class RequestBody
{
    /// <summary>
    /// The complete body. It stays valid until the reader is advanced; the fast path, a body that came with its
    /// headers, neither copies nor waits.
    /// </summary>
    /// <exception cref="BadHttpRequestException">The body is too large or broken off.</exception>
    /// <exception cref="TimeoutException">The body took too long.</exception>
    public static ValueTask<ReadOnlySequence<byte>> ReadAsync(HttpContext context, int maximum, TimeSpan timeout)
    {
        var reader = context.Request.BodyReader;
        if (reader.TryRead(out var result))
        {
            if (result.IsCompleted || result.Buffer.Length == context.Request.ContentLength)
            {
                return new(Checked(result.Buffer, maximum));
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }

        return new(ReadSlowlyAsync(context, reader, maximum, timeout));
    }

    private static async Task<ReadOnlySequence<byte>> ReadSlowlyAsync(
        HttpContext context, PipeReader reader, int maximum, TimeSpan timeout)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(timeout);
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(limit.Token);
                if (result.IsCompleted)
                {
                    return Checked(result.Buffer, maximum);
                }

                Checked(result.Buffer, maximum);
                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    private static ReadOnlySequence<byte> Checked(ReadOnlySequence<byte> body, int maximum)
        => body.Length <= maximum
            ? body
            : throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
}
