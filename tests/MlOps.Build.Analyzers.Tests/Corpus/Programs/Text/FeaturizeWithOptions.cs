using System;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms.Text;

namespace Support.Triage;

public sealed class Mail
{
    [LoadColumn(0)] public string Subject { get; set; }
    [LoadColumn(1)] public string Body { get; set; }
    [LoadColumn(2)] public bool Urgent { get; set; }
}

public sealed record TriageOptions(int Words, int Characters, float L2, int Seed);

public sealed class TriageTraining(TriageOptions options)
{
    public (ITransformer Model, double Auc) Run(string file)
    {
        var ml = new MLContext(options.Seed);
        var mails = ml.Data.LoadFromTextFile<Mail>(file, new TextLoader.Options { HasHeader = true, AllowQuoting = true, Separators = ['\t'] });
        var split = ml.Data.TrainTestSplit(mails, testFraction: 0.25, seed: options.Seed);

        var text = new TextFeaturizingEstimator.Options
        {
            CaseMode = TextNormalizingEstimator.CaseMode.Lower,
            KeepDiacritics = false,
            KeepPunctuations = false,
            StopWordsRemoverOptions = new StopWordsRemovingEstimator.Options { Language = TextFeaturizingEstimator.Language.German },
            WordFeatureExtractor = new WordBagEstimator.Options { NgramLength = 2, UseAllLengths = true, MaximumNgramsCount = [options.Words, options.Words] },
            CharFeatureExtractor = new WordBagEstimator.Options { NgramLength = 3, UseAllLengths = false, MaximumNgramsCount = [options.Characters] },
            Norm = TextFeaturizingEstimator.NormFunction.L2,
        };
        var pipeline = ml.Transforms.Text.FeaturizeText("Features", text, nameof(Mail.Subject), nameof(Mail.Body))
            .AppendCacheCheckpoint(ml)
            .Append(ml.BinaryClassification.Trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options
            {
                LabelColumnName = nameof(Mail.Urgent),
                L2Regularization = options.L2,
                NumberOfThreads = 1,
            }));

        var model = pipeline.Fit(split.TrainSet);
        var metrics = ml.BinaryClassification.Evaluate(model.Transform(split.TestSet), nameof(Mail.Urgent));
        return (model, metrics.AreaUnderRocCurve);
    }
}
