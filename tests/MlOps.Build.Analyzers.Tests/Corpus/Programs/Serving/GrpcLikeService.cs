using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Translate.Rpc;

public sealed class Sentence
{
    public string Text { get; set; }
}

public sealed class Language
{
    [ColumnName("PredictedLabel")] public string Code { get; set; }
}

/// <summary>What a code generator for remote calls would write.</summary>
public abstract class LanguageServiceBase
{
    public abstract Task<Language> Detect(Sentence request, CancellationToken cancellation);
}

public sealed class EnginePolicy(MLContext ml, ITransformer model) : PooledObjectPolicy<PredictionEngine<Sentence, Language>>
{
    public override PredictionEngine<Sentence, Language> Create() => ml.Model.CreatePredictionEngine<Sentence, Language>(model);

    public override bool Return(PredictionEngine<Sentence, Language> obj) => true;
}

public sealed class LanguageService : LanguageServiceBase
{
    private readonly ObjectPool<PredictionEngine<Sentence, Language>> pool;

    public LanguageService(MLContext ml, ITransformer model) =>
        pool = new DefaultObjectPool<PredictionEngine<Sentence, Language>>(new EnginePolicy(ml, model), Environment.ProcessorCount);

    public override Task<Language> Detect(Sentence request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var engine = pool.Get();
        try
        {
            return Task.FromResult(engine.Predict(request));
        }
        finally
        {
            pool.Return(engine);
        }
    }
}
