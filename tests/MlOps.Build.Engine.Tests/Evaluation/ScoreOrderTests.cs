using CsCheck;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

public sealed class ScoreOrderTests
{
    private static readonly double[] Special =
    [
        double.NaN, double.NegativeInfinity, double.MinValue, -1, -double.Epsilon, -0.0, 0.0, double.Epsilon, 2.2250738585072014E-308,
        0.1, 0.1 + 1e-17, 0.30000000000000004, 0.3, 1, Math.BitIncrement(1.0), double.MaxValue, double.PositiveInfinity,
    ];

    /// <summary>Few and many rows: the one are compared, the other counted by their digits.</summary>
    private static readonly Gen<int> Count = Gen.OneOf(Gen.Int[0, 40], Gen.Int[1000, 1050], Gen.Int[3000, 3200]);

    [Fact]
    public void Numbers_are_ordered_as_a_stable_sort_by_comparison_orders_them()
        => Count.SelectMany(count => Gen.OneOf(Gen.Double, Gen.Double[0, 1], Gen.Int[0, Special.Length - 1].Select(i => Special[i])).Array[count])
            .Sample(Same);

    [Fact]
    public void Rows_with_equal_numbers_keep_their_order()
        => Count.SelectMany(count => Gen.Int[0, 20].Select(step => step / 20.0).Array[count])
            .Sample(Same);

    [Theory]
    [InlineData(20)]
    [InlineData(5000)]
    public void Negative_zero_ties_with_zero(int rows)
    {
        double[] values = [.. Enumerable.Range(0, rows).Select(row => row % 2 == 0 ? 0.0 : -0.0)];

        Assert.Equal(Enumerable.Range(0, rows), ScoreOrder.Of(values));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(5000)]
    public void What_is_no_number_comes_first_whatever_its_bits(int rows)
    {
        var other = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(double.NaN) ^ long.MinValue ^ 5);
        double[] values = [.. Enumerable.Range(0, rows).Select(row => (row % 4) switch { 0 => double.NaN, 1 => double.NegativeInfinity, 2 => other, _ => 1 })];

        Same(values);
    }

    [Fact]
    public void Numbers_that_differ_in_their_last_digits_only_are_ordered()
    {
        double[] values = [.. Enumerable.Range(0, 4000).Select(row => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(0.5) + (row * 2654435761L % 4001)))];

        Same(values);
    }

    private static void Same(double[] values)
        => Assert.Equal(Enumerable.Range(0, values.Length).OrderBy(row => values[row]), ScoreOrder.Of(values));
}
