using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MlOps.Build.Serving;

/// <summary>A refusal in the form of RFC 9457, with the fix and the places that are to blame.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The stable id, documented at <c>docs/errors</c>.</param>
/// <param name="What">What did not happen.</param>
/// <param name="Why">What was found instead.</param>
/// <param name="Fix">The one thing to do next.</param>
internal sealed record RequestProblem(int Status, string Code, string What, string Why, string Fix)
{
    /// <summary>The places in the body, as JSON pointers.</summary>
    public IReadOnlyList<InputFault> Faults { get; init; } = [];

    public async Task WriteAsync(HttpContext context)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            Write(json);
        }

        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/problem+json; charset=utf-8";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", $"urn:mlops:problem:{Code}");
        json.WriteString("title", What);
        json.WriteNumber("status", Status);
        json.WriteString("detail", Why);
        json.WriteString("code", Code);
        json.WriteString("fix", Fix);
        if (Faults.Count > 0)
        {
            json.WriteStartArray("errors");
            foreach (var fault in Faults)
            {
                json.WriteStartObject();
                json.WriteString("pointer", fault.Pointer);
                json.WriteString("detail", fault.Detail);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}

/// <summary>A place in the body and what is wrong there.</summary>
/// <param name="Pointer">A JSON pointer (RFC 6901).</param>
/// <param name="Detail">What is wrong, with a suggestion where there is one.</param>
internal sealed record InputFault(string Pointer, string Detail);
