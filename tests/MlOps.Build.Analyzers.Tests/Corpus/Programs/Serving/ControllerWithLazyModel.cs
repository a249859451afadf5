using System;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Claims.Api;

public sealed class ClaimRow
{
    public float Amount { get; set; }
    public float Days { get; set; }
}

public sealed class ClaimScore
{
    public float Score { get; set; }
}

/// <summary>Engines that are handed out and given back; each is used by one request at a time.</summary>
public sealed class EnginePool
{
    private readonly MLContext ml = new();
    private readonly Lazy<ITransformer> model;
    private readonly ConcurrentBag<PredictionEngine<ClaimRow, ClaimScore>> free = [];

    public EnginePool(IConfiguration configuration) =>
        model = new Lazy<ITransformer>(() => ml.Model.Load(configuration["Model"], out _));

    public ClaimScore Score(ClaimRow row)
    {
        if (!free.TryTake(out var engine))
        {
            engine = ml.Model.CreatePredictionEngine<ClaimRow, ClaimScore>(model.Value);
        }

        try
        {
            return engine.Predict(row);
        }
        finally
        {
            free.Add(engine);
        }
    }
}

[ApiController, Route("claims")]
public class ClaimsController(EnginePool pool) : ControllerBase
{
    [HttpPost("score")]
    public ActionResult<float> Score(ClaimRow row) => pool.Score(row).Score;
}
