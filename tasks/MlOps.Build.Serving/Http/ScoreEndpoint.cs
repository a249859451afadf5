using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MlOps.Build.Serving;

/// <summary><c>POST /score</c>: reads strictly, scores on one leased model, says which model answered.</summary>
internal sealed partial class ScoreEndpoint<TInput, TOutput>(
    ServingState<TInput, TOutput> state,
    ServingOptions<TInput> options,
    IOptions<JsonOptions> json,
    ILogger<ScoreEndpoint<TInput, TOutput>> log)
    where TInput : class
    where TOutput : class
{
    private static readonly FiniteCheck<TOutput> Finite = new();

    private readonly JsonTypeInfo<TInput> _input = TypeInfo<TInput>(InputContract.Strict(json.Value.SerializerOptions));
    private readonly JsonTypeInfo<TOutput> _output = TypeInfo<TOutput>(json.Value.SerializerOptions);

    public async Task RunAsync(HttpContext context)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var (rows, refusal) = await ReadAsync(context);
        if (refusal is not null)
        {
            state.Refuse();
            await refusal.WriteAsync(context);
            return;
        }

        if (!state.TryLease(out var model))
        {
            state.Refuse();
            context.Response.Headers.RetryAfter = "1";
            await RequestProblems.NoModel(state.Reason).WriteAsync(context);
            return;
        }

        var answer = AnswerBuffer.Rent();
        try
        {
            context.Response.Headers["X-MlOps-Model"] = model.Digest;
            if (Score(model, rows, answer.Json) is { } failure)
            {
                model.Counters.Failed(startedAt);
                await failure.WriteAsync(context);
                return;
            }

            model.Counters.Answered(rows.Count, startedAt);
            await answer.SendAsync(context);
        }
        finally
        {
            answer.Return();
            model.Release();
        }
    }

    private async ValueTask<(Rows<TInput> Rows, RequestProblem? Refusal)> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            return (default, RequestProblems.NotJson(context.Request.ContentType));
        }

        try
        {
            var body = await RequestBody.ReadAsync(context, options.MaximumBodyBytes, options.BodyTimeout);
            var answer = Parse(body);
            context.Request.BodyReader.AdvanceTo(body.End);
            return answer;
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (default, RequestProblems.TooManyBytes(options.MaximumBodyBytes));
        }
        catch (TimeoutException)
        {
            return (default, RequestProblems.TooSlow(options.BodyTimeout));
        }
    }

    private (Rows<TInput> Rows, RequestProblem? Refusal) Parse(ReadOnlySequence<byte> body)
    {
        try
        {
            return (Rows<TInput>.Read(body, _input, options.MaximumRows), null);
        }
        catch (JsonException exception)
        {
            return (default, RequestProblems.NotReadable(InputFaults.Find(body, _input, exception)));
        }
        catch (TooManyRowsException)
        {
            return (default, RequestProblems.TooManyRows(options.MaximumRows + 1, options.MaximumRows));
        }
    }

    private RequestProblem? Score(ServedModel<TInput, TOutput> model, Rows<TInput> rows, Utf8JsonWriter answer)
    {
#pragma warning disable CA1031 // A named isolation point: a model and the steps around it are the project's code.
        try
        {
            return rows.Single is { } row ? ScoreOne(model, row, answer) : ScoreMany(model, rows.Many!, answer);
        }
        catch (Exception exception)
        {
            LogFailed(exception, model.Digest);
            return RequestProblems.Failed();
        }
#pragma warning restore CA1031
    }

    private RequestProblem? ScoreOne(ServedModel<TInput, TOutput> model, TInput row, Utf8JsonWriter answer)
    {
        var output = model.Score(row);
        if (Finite.FirstInvalid(output) is { } member)
        {
            return RequestProblems.NotFinite(0, member);
        }

        JsonSerializer.Serialize(answer, output, _output);
        return null;
    }

    private RequestProblem? ScoreMany(ServedModel<TInput, TOutput> model, List<TInput> rows, Utf8JsonWriter answer)
    {
        var outputs = model.Score(rows);
        answer.WriteStartArray();
        for (var row = 0; row < outputs.Length; row++)
        {
            if (Finite.FirstInvalid(outputs[row]) is { } member)
            {
                return RequestProblems.NotFinite(row, member);
            }

            JsonSerializer.Serialize(answer, outputs[row], _output);
        }

        answer.WriteEndArray();
        return null;
    }

    private static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerOptions serializer)
        => (JsonTypeInfo<T>)serializer.GetTypeInfo(typeof(T));

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "MLO2759: scoring with model {Digest} failed.")]
    private partial void LogFailed(Exception exception, string digest);
}
