using System;
using System.IO;
using Microsoft.AspNetCore.Mvc;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ShopApi.Controllers
{
    public class CustomerRow
    {
        public float Orders { get; set; }
        public float Returns { get; set; }
        public float DaysSinceLastOrder { get; set; }
    }

    public class ChurnAnswer
    {
        [ColumnName("PredictedLabel")] public bool Leaves { get; set; }
        public float Probability { get; set; }
    }

    [ApiController]
    [Route("api/[controller]")]
    public class ChurnController : ControllerBase
    {
        private readonly MLContext mlContext;
        private readonly PredictionEngine<CustomerRow, ChurnAnswer> predictionEngine;

        public ChurnController()
        {
            mlContext = new MLContext();
            var modelPath = Path.Combine(AppContext.BaseDirectory, "MLModels", "churn.zip");
            ITransformer mlModel = mlContext.Model.Load(modelPath, out var modelInputSchema);
            predictionEngine = mlContext.Model.CreatePredictionEngine<CustomerRow, ChurnAnswer>(mlModel);
        }

        [HttpPost]
        public ActionResult<ChurnAnswer> Post([FromBody] CustomerRow input)
        {
            if (!ModelState.IsValid)
            {
                return BadRequest();
            }

            return Ok(predictionEngine.Predict(input));
        }
    }
}
