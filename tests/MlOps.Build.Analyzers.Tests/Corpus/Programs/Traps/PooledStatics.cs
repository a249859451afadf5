using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pooled;

public sealed class Ask
{
    public float X { get; set; }
}

public sealed class Answer
{
    public float Score { get; set; }
}

[ApiController, Route("answers")]
public sealed class AnswersController : ControllerBase
{
    private static readonly MLContext Ml = new();
    private static readonly ITransformer Model = Ml.Model.Load("answers.zip", out _);
    private static readonly ConcurrentBag<PredictionEngine<Ask, Answer>> Free = [];
    private static readonly ThreadLocal<PredictionEngine<Ask, Answer>> Mine = new(() => Ml.Model.CreatePredictionEngine<Ask, Answer>(Model));

    [HttpPost]
    public Answer Post(Ask ask)
    {
        var engine = Free.TryTake(out var free) ? free : Make();
        try
        {
            return engine.Predict(ask);
        }
        finally
        {
            Free.Add(engine);
        }
    }

    [HttpPost("mine")]
    public Answer PostMine(Ask ask) => Mine.Value.Predict(ask);

    [HttpPost("many")]
    public async Task<List<Answer>> PostMany(Ask[] asks)
    {
        var engine = Mine.Value;
        var answers = new List<Answer>();
        foreach (var ask in asks)
        {
            answers.Add(await Task.FromResult(engine.Predict(ask)));
        }

        return answers;
    }

    [HttpPost("bulk")]
    public IEnumerable<Answer> PostBulk(Ask[] asks) =>
        Ml.Data.CreateEnumerable<Answer>(Model.Transform(Ml.Data.LoadFromEnumerable(asks)), reuseRowObject: false);

    private static PredictionEngine<Ask, Answer> Make() => Ml.Model.CreatePredictionEngine<Ask, Answer>(Model);
}
