using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;

namespace MlOps.Build.Serving;

/// <summary>An ML.NET model behind a pool of prediction engines: making one costs as much as 150 predictions.</summary>
internal sealed class MlNetModel<TInput, TRow, TPrediction, TOutput>(
    string digest,
    ITransformer transformer,
    ObjectPool<PredictionEngine<TRow, TPrediction>> engines,
    Func<TInput, TRow> prepare,
    Func<TPrediction, AnswerContext, TOutput> answer,
    AnswerContext answers) : ServedModel<TInput, TOutput>(digest)
    where TInput : class
    where TRow : class
    where TPrediction : class, new()
    where TOutput : class
{
    public override TOutput Score(TInput input)
    {
        var row = prepare(input);
        var engine = engines.Get();
        try
        {
            return answer(engine.Predict(row), answers);
        }
        finally
        {
            engines.Return(engine);
        }
    }

    public override TOutput[] Score(IReadOnlyList<TInput> inputs)
    {
        var outputs = new TOutput[inputs.Count];
        var engine = engines.Get();
        try
        {
            for (var i = 0; i < outputs.Length; i++)
            {
                outputs[i] = answer(engine.Predict(prepare(inputs[i])), answers);
            }

            return outputs;
        }
        finally
        {
            engines.Return(engine);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            (engines as IDisposable)?.Dispose();
            (transformer as IDisposable)?.Dispose();
        }
    }
}
