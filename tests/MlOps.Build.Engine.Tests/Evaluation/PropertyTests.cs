using CsCheck;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

public sealed class PropertyTests
{
    private static readonly Gen<(double[] Labels, double[] Scores)> Rows =
        from count in Gen.Int[4, 60]
        from labels in Gen.Int[0, 1].Select(i => (double)i).Array[count]
        from scores in Gen.Int[0, 20].Select(i => i / 20.0).Array[count]
        where labels.Distinct().Count() == 2
        select (labels, scores);

    [Fact]
    public void Any_increasing_change_of_the_scores_leaves_the_auc()
        => Rows.Sample(rows =>
        {
            var before = Auc(rows.Labels, rows.Scores);

            Assert.Equal(before, Auc(rows.Labels, [.. rows.Scores.Select(score => score + 3)]));
            Assert.Equal(before, Auc(rows.Labels, [.. rows.Scores.Select(score => score * score)]));
        });

    [Fact]
    public void Turning_the_scores_around_mirrors_the_auc()
        => Rows.Sample(rows => GoldenFile.Equal(1 - Auc(rows.Labels, rows.Scores), Auc(rows.Labels, [.. rows.Scores.Select(score => -score)])));

    [Fact]
    public void The_auc_is_the_share_of_pairs_in_the_right_order()
        => Rows.Sample(rows =>
        {
            var pairs =
                from positive in Enumerable.Range(0, rows.Labels.Length).Where(row => rows.Labels[row] == 1)
                from negative in Enumerable.Range(0, rows.Labels.Length).Where(row => rows.Labels[row] == 0)
                select rows.Scores[positive].CompareTo(rows.Scores[negative]) switch { > 0 => 1.0, 0 => 0.5, _ => 0 };

            GoldenFile.Equal(pairs.Average(), Auc(rows.Labels, rows.Scores));
        });

    [Fact]
    public void DeLongs_components_average_to_the_auc_in_both_classes()
        => Rows.Sample(rows =>
        {
            var column = new AucColumn(rows.Labels, rows.Scores);
            var components = DeLong.Components(column, rows.Labels);

            foreach (var label in new[] { 0.0, 1.0 })
            {
                var mean = components.Where((_, row) => rows.Labels[row] == label).Average();
                GoldenFile.Equal(Auc(rows.Labels, rows.Scores), mean);
            }
        });

    [Fact]
    public void Groups_of_one_row_give_nearly_the_error_of_independent_rows()
        => Rows.Where(rows => rows.Labels.Sum() >= 2 && rows.Labels.Length - rows.Labels.Sum() >= 2).Sample(rows =>
        {
            var components = DeLong.Components(new(rows.Labels, rows.Scores), rows.Labels);
            var each = Enumerable.Range(0, rows.Labels.Length).ToArray();

            var plain = DeLong.Variance(components, rows.Labels, null);
            var grouped = DeLong.Variance(components, rows.Labels, each);

            // The two differ by N / (N - 1) against m / (m - 1) and n / (n - 1).
            Assert.InRange(grouped, (plain / 2) - 1e-15, (plain * 2) + 1e-15);
        });

    [Fact]
    public void The_order_of_rows_does_not_matter()
        => Rows.Sample(rows =>
        {
            // Bins of equal size split rows with equal scores by their place in the file, as the reference does.
            foreach (var metric in MetricCatalogue.Of(ModelTask.BinaryClassification).Where(metric => metric.Name != "ece-equal-mass"))
            {
                var forward = BinaryMetricTests.Value(metric.Name, rows.Labels, rows.Scores);
                var backward = BinaryMetricTests.Value(metric.Name, [.. rows.Labels.Reverse()], [.. rows.Scores.Reverse()]);
                GoldenFile.Equal(forward, backward);
            }
        });

    [Fact]
    public void Holm_lies_between_the_p_value_and_Bonferroni()
        => Gen.Double[0, 1].Array[1, 20].Sample(pValues =>
        {
            var adjusted = Holm.Adjust(pValues);

            Assert.All(adjusted.Zip(pValues), pair => Assert.InRange(pair.First, pair.Second, Math.Min(1, pair.Second * pValues.Length) + 1e-12));
        });

    private static double Auc(double[] labels, double[] scores) => BinaryMetricTests.Value("auc", labels, scores);
}
