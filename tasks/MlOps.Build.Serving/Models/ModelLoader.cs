using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;
using MlOps.Build.Contracts;

namespace MlOps.Build.Serving;

/// <summary>Loads an ML.NET model from the very bytes that were verified and lets it answer the sample.</summary>
internal sealed class ModelLoader<TInput, TRow, TPrediction, TOutput>(
    Func<TInput, TRow> prepare,
    Func<TPrediction, AnswerContext, TOutput> answer,
    ModelTask? task,
    ServingOptions<TInput> options)
    : IModelLoader<TInput, TOutput>
    where TInput : class
    where TRow : class
    where TPrediction : class, new()
    where TOutput : class
{
    /// <summary>Enough for the tiers of the just-in-time compiler to notice, and less than 10 ms.</summary>
    private const int WarmUpPredictions = 20;

    private static readonly FiniteCheck<TOutput> Finite = new();

    public ServedModel<TInput, TOutput> Load(ModelPackage package)
    {
        if (task is { } expected && package.Task != expected)
        {
            throw new ProblemException(ServingProblems.AnotherTask(package.Digest, package.Task, expected));
        }

        var model = Isolated(() => Open(package), ServingProblems.ModelNotLoaded, package.Digest);
        try
        {
            if (options.Sample is { } sample)
            {
                var name = Isolated(() => Smoke(model, sample), ServingProblems.SampleNotAnswered, package.Digest);
                if (name is not null)
                {
                    throw new ProblemException(ServingProblems.SampleNotFinite(package.Digest, name));
                }
            }

            return model;
        }
        catch (ProblemException)
        {
            model.Release();
            throw;
        }
    }

    private MlNetModel<TInput, TRow, TPrediction, TOutput> Open(ModelPackage package)
    {
        var context = new MLContext();
        context.ComponentCatalog.RegisterAssembly(typeof(TRow).Assembly, throwOnError: false);
        using var stream = new MemoryStream(package.ModelBytes, writable: false);
        var transformer = context.Model.Load(stream, out _);
        var provider = new DefaultObjectPoolProvider { MaximumRetained = Environment.ProcessorCount * 4 };
        var engines = provider.Create(new EnginePolicy(context, transformer));
        Fill(engines);
        return new MlNetModel<TInput, TRow, TPrediction, TOutput>(
            package.Digest, transformer, engines, prepare, answer, package.Context);
    }

    /// <summary>The first requests after a swap find an engine instead of making one.</summary>
    private static void Fill(ObjectPool<PredictionEngine<TRow, TPrediction>> engines)
    {
        var made = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => engines.Get()).ToArray();
        Array.ForEach(made, engines.Return);
    }

    private static string? Smoke(MlNetModel<TInput, TRow, TPrediction, TOutput> model, TInput sample)
    {
        string? name = null;
        for (var i = 0; i < WarmUpPredictions; i++)
        {
            name ??= Finite.FirstInvalid(model.Score(sample));
        }

        return name;
    }

    /// <summary>ML.NET and the project's own steps may throw anything; none of it may end the service.</summary>
    private static T Isolated<T>(Func<T> action, Func<string, Exception, Problem> problem, string digest)
    {
#pragma warning disable CA1031 // A named isolation point: a model is code.
        try
        {
            return action();
        }
        catch (Exception exception)
        {
            throw new ProblemException(problem(digest, exception), exception);
        }
#pragma warning restore CA1031
    }

    private sealed class EnginePolicy(MLContext context, ITransformer transformer)
        : PooledObjectPolicy<PredictionEngine<TRow, TPrediction>>
    {
        public override PredictionEngine<TRow, TPrediction> Create()
            => context.Model.CreatePredictionEngine<TRow, TPrediction>(
                transformer, new PredictionEngineOptions { OwnsTransformer = false });

        public override bool Return(PredictionEngine<TRow, TPrediction> obj) => true;
    }
}
