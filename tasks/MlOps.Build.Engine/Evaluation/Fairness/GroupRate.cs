using System.Runtime.InteropServices;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>A rate as the rows it counts among the rows that define it; both are sets of the four cells of truth and answer.</summary>
/// <param name="Part">The cells that count.</param>
/// <param name="Whole">The cells that define it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GroupRate(int Part, int Whole)
{
    private const int TrueNegative = 1;
    private const int FalsePositive = 2;
    private const int FalseNegative = 4;
    private const int TruePositive = 8;

    public static GroupRate Selection { get; } = new(FalsePositive | TruePositive, 15);

    public static GroupRate TruePositiveRate { get; } = new(TruePositive, FalseNegative | TruePositive);

    public static GroupRate FalsePositiveRate { get; } = new(FalsePositive, TrueNegative | FalsePositive);

    public static GroupRate Precision { get; } = new(TruePositive, FalsePositive | TruePositive);

    public static GroupRate Accuracy { get; } = new(TrueNegative | TruePositive, 15);

    public static bool Has(int cells, bool positive, bool selected) => (cells & (1 << ((positive ? 2 : 0) + (selected ? 1 : 0)))) != 0;
}
