using System;
using System.IO;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Text;

namespace JobMatching
{
    public class Advert
    {
        [LoadColumn(0)] public string Text { get; set; }
        [LoadColumn(1)] public string Profession { get; set; }
    }

    public class Guess
    {
        public string PredictedLabel { get; set; }
    }

    public class EmbeddingModel
    {
        private readonly MLContext mlContext = new MLContext(seed: 5);
        private ITransformer trained;

        public void Train(string file, bool own)
        {
            var data = mlContext.Data.LoadFromTextFile<Advert>(file, separatorChar: '|', hasHeader: true);
            var words = mlContext.Transforms.Text.NormalizeText("Text")
                .Append(mlContext.Transforms.Text.TokenizeIntoWords("Words", "Text"));
            IEstimator<ITransformer> embedded = own
                ? words.Append(mlContext.Transforms.Text.ApplyWordEmbedding("Features", "/srv/models/words.vec", "Words"))
                : words.Append(mlContext.Transforms.Text.ApplyWordEmbedding("Features", "Words", WordEmbeddingEstimator.PretrainedModelKind.GloVe50D));

            var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "Profession")
                .Append(embedded)
                .Append(mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy())
                .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
            trained = pipeline.Fit(data);
        }

        public string Guess(string text)
        {
            if (trained is null)
                throw new InvalidOperationException("Train first.");
            var engine = mlContext.Model.CreatePredictionEngine<Advert, Guess>(trained);
            return engine.Predict(new Advert { Text = text }).PredictedLabel;
        }
    }
}
