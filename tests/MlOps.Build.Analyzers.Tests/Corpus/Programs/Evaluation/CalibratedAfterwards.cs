using Microsoft.ML;
using Microsoft.ML.Data;

namespace Alarms;

public class Alarm
{
    [LoadColumn(0)] public float Duration { get; set; }
    [LoadColumn(1)] public float Level { get; set; }
    [LoadColumn(2)] public bool Real { get; set; }
}

public static class Calibration
{
    public static void Compare(MLContext ml, IDataView train, IDataView calibration, IDataView test)
    {
        var svm = ml.Transforms.Concatenate("Features", nameof(Alarm.Duration), nameof(Alarm.Level))
            .Append(ml.BinaryClassification.Trainers.LinearSvm(nameof(Alarm.Real), numberOfIterations: 10))
            .Fit(train);
        var scores = svm.Transform(calibration);

        var platt = ml.BinaryClassification.Calibrators.Platt(nameof(Alarm.Real)).Fit(scores);
        var isotonic = ml.BinaryClassification.Calibrators.Isotonic(nameof(Alarm.Real)).Fit(scores);
        var naive = ml.BinaryClassification.Calibrators.Naive(nameof(Alarm.Real)).Fit(scores);
        var known = ml.BinaryClassification.Calibrators.Platt(slope: -1.2, offset: 0.1).Fit(scores);

        Report("platt", platt.Transform(svm.Transform(test)));
        Report("isotonic", isotonic.Transform(svm.Transform(test)));
        Report("naive", naive.Transform(svm.Transform(test)));
        Report("known", known.Transform(svm.Transform(test)));

        void Report(string name, IDataView scored) =>
            Console.WriteLine($"{name}: {ml.BinaryClassification.Evaluate(scored, nameof(Alarm.Real)).LogLoss:F4}");
    }
}
