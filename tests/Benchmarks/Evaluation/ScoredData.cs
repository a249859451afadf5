using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Benchmarks.Evaluating;

/// <summary>Made up predictions of two models on the same rows: a label that follows from an ability, and two noisy looks at it.</summary>
internal sealed class ScoredData
{
    private readonly Xoshiro256 random;

    public ScoredData(int rows, ulong seed, double challengerNoise = 1, double baselineNoise = 1.1)
    {
        random = new(seed);
        (Labels, Challenger, Baseline) = (new double[rows], new double[rows], new double[rows]);
        for (var row = 0; row < rows; row++)
        {
            var ability = Gauss();
            Labels[row] = ability + Gauss() > 0.8 ? 1 : 0;
            Challenger[row] = Logistic(ability - 1 + (challengerNoise * Gauss()));
            Baseline[row] = Logistic(ability - 1 + (baselineNoise * Gauss()));
        }
    }

    public double[] Labels { get; }

    public double[] Challenger { get; }

    public double[] Baseline { get; }

    public EvaluatedRows Rows => new()
    {
        Task = ModelTask.BinaryClassification,
        Labels = Labels,
        ClassCount = 2,
        Groups = null,
        Challenger = [new([Challenger])],
        Baseline = [new([Baseline])],
        Threshold = 0.5,
    };

    public double Gauss() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Logistic(double value) => 1 / (1 + Math.Exp(-value));
}
