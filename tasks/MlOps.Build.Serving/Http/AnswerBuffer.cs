using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ObjectPool;

namespace MlOps.Build.Serving;

/// <summary>
/// Holds an answer until it is complete, so that a failure in its last row can still become a problem with its own
/// status, and so that it is sent with its length.
/// </summary>
internal sealed class AnswerBuffer : IResettable, IDisposable
{
    /// <summary>Larger buffers, left by large batches, are not kept.</summary>
    private const int LargestKept = 1024 * 1024;

    private static readonly ObjectPool<AnswerBuffer> Pool = ObjectPool.Create<AnswerBuffer>();

    private readonly ArrayBufferWriter<byte> _bytes = new(512);

    public AnswerBuffer() => Json = new Utf8JsonWriter(_bytes);

    public Utf8JsonWriter Json { get; }

    public static AnswerBuffer Rent() => Pool.Get();

    public void Return() => Pool.Return(this);

    public Task SendAsync(HttpContext context)
    {
        Json.Flush();
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = _bytes.WrittenCount;
        return context.Response.BodyWriter.WriteAsync(_bytes.WrittenMemory, context.RequestAborted).AsTask();
    }

    public bool TryReset()
    {
        _bytes.ResetWrittenCount();
        Json.Reset();
        return _bytes.Capacity <= LargestKept;
    }

    public void Dispose() => Json.Dispose();
}
