using CsCheck;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

/// <summary>One walk over the rows for all blocks says what a pass for each block says.</summary>
public sealed class LeftOutTests
{
    private const double Tolerance = 1e-12;

    /// <summary>Blocks as they are dealt in turn, at random, in runs (as of groups), and one that holds nearly all rows.</summary>
    private static readonly Gen<(int Rows, int Blocks, byte[] Of)> Blocks =
        from rows in Gen.OneOf(Gen.Int[1, 12], Gen.Int[20, 90], Gen.Int[1100, 1300])
        from blocks in Gen.Int[2, 9]
        from kind in Gen.Int[0, 3]
        from random in Gen.Int[0, blocks - 1].Array[rows]
        select (rows, blocks, Enumerable.Range(0, rows).Select(row => (byte)(kind switch
        {
            0 => row % blocks,
            1 => random[row],
            2 => row * blocks / rows,
            _ => random[row] == 0 ? 1 : 0,
        })).ToArray());

    public static TheoryData<string> Of(ModelTask task)
        => [.. MetricCatalogue.Names(task).Concat(task == ModelTask.BinaryClassification ? ["lift@1", "lift@0.013", "ece@100", "f-beta@0.5"] : [])];

    public static TheoryData<string> Binary => Of(ModelTask.BinaryClassification);

    public static TheoryData<string> Multiclass => Of(ModelTask.MulticlassClassification);

    /// <summary>Without Spearman's correlation, which has no walk: its passes would be compared with themselves.</summary>
    public static TheoryData<string> Regression => [.. MetricCatalogue.Names(ModelTask.Regression).Where(name => name != "spearman")];

    [Theory]
    [MemberData(nameof(Binary))]
    public void Of_two_classes(string name)
        => Check(ModelTask.BinaryClassification, name, 2, Gen.Int[0, 1], blocks =>
            from steps in Gen.OneOf(Gen.Const(3), Gen.Const(20), Gen.Const(1 << 30))
            from score in Gen.Int[0, steps].Select(step => step / (double)steps).Array[blocks.Rows]
            select new Predictions([score]));

    [Theory]
    [MemberData(nameof(Binary))]
    public void Of_two_classes_where_blocks_hold_one_class(string name)
        => Blocks.SelectMany(blocks => Gen.Int[0, 20].Select(step => step / 20.0).Array[blocks.Rows].Select(score => (blocks, score))).Sample(
            data => Same(
                ModelTask.BinaryClassification,
                name,
                2,
                [.. data.blocks.Of.Select(block => block == 0 ? 1.0 : 0.0)],
                new([data.score]),
                data.blocks),
            iter: 60);

    [Theory]
    [MemberData(nameof(Multiclass))]
    public void Of_several_classes(string name)
        => Check(ModelTask.MulticlassClassification, name, 4, Gen.Int[0, 3], blocks =>
            from scores in Gen.Int[0, 9].Select(step => step / 9.0).Array[blocks.Rows].Array[4]
            select new Predictions(scores));

    [Theory]
    [MemberData(nameof(Regression))]
    public void Of_numbers(string name)
        // A percentage of 0 has no value in any block; a metric that all rows do not define is never left out of.
        => Check(ModelTask.Regression, name, 0, Gen.Int[-3, 40].Where(label => label != 0 || name != "mape"), blocks =>
            from values in Gen.OneOf(Gen.Int[-3, 40].Select(value => (double)value), Gen.Double[-3, 40]).Array[blocks.Rows]
            select new Predictions([values]));

    [Fact]
    public void Of_fairness_between_groups()
        => (from blocks in Blocks
            from labels in Gen.Int[0, 1].Select(label => (double)label).Array[blocks.Rows]
            from scores in Gen.Double[0, 1].Array[blocks.Rows]
            from groups in Gen.Int[0, 3].Array[blocks.Rows]
            select (blocks, labels, scores, groups)).Sample(
            data =>
            {
                var rows = new ScoredRows(data.labels, 2, new([data.scores]), 0.5);
                var column = new SliceColumn("group", true, ["a", "b", "c", "d"], data.groups);
                foreach (var metric in FairnessCatalogue.All)
                {
                    Same(metric.Name, new FairnessColumn(rows, column, [0, 2, 3], metric.Of), data.blocks);
                }
            },
            iter: 60);

    [Fact]
    public void The_blocks_of_a_walk_are_those_that_the_resampler_leaves_out()
        => (from rows in Gen.Int[10, 60]
            from labels in Gen.Int[0, 2].Select(label => (double)label).Array[rows]
            from groups in Gen.Int[0, 7].Array[rows]
            from grouped in Gen.Bool
            select (labels, groups: grouped ? groups : null)).Sample(data =>
        {
            var rows = new EvaluatedRows
            {
                Task = ModelTask.MulticlassClassification,
                Labels = data.labels,
                ClassCount = 3,
                Groups = data.groups,
                Challenger = [],
                Baseline = [],
                Threshold = 0.5,
            };
            var sampler = Resampler.For(rows);
            var blocks = sampler.Blocks(4);
            var (counts, units) = (new int[rows.Count], new int[sampler.Units]);
            for (var block = 0; block < 4; block++)
            {
                sampler.LeaveOut(block, 4, counts, units);

                Assert.Equal(counts, blocks.OfRow.ToArray().Select(of => of == block ? 0 : 1));
            }
        });

    [Fact]
    public void A_metric_on_its_own_has_the_bits_that_it_has_beside_others()
    {
        var fixture = new EvaluationFixture(6000).Train(1, 1.2);
        MetricDefinition[] metrics = [.. MetricCatalogue.Of(ModelTask.BinaryClassification)];
        EvaluatedRows Rows() => new()
        {
            Task = ModelTask.BinaryClassification,
            Labels = fixture.Labels,
            ClassCount = 2,
            Groups = null,
            Challenger = [fixture.Challenger[0].Predictions],
            Baseline = [fixture.Baseline[0].Predictions],
            Threshold = 0.5,
        };
        var expected = metrics.Select(metric => Bootstrap.Run(Rows(), [metric], 100, 42, resampleUpTo: 100)[0]).ToArray();

        var together = Bootstrap.Run(Rows(), metrics, 100, 42, resampleUpTo: 100);

        for (var metric = 0; metric < metrics.Length; metric++)
        {
            Assert.Equal(expected[metric].ChallengerJackknife, together[metric].ChallengerJackknife);
            Assert.Equal(expected[metric].BaselineJackknife, together[metric].BaselineJackknife);
            Assert.True(together[metric].ChallengerJackknife.Distinct().Count() > 1, metrics[metric].Name);
        }
    }

    private static void Check(
        ModelTask task, string name, int classes, Gen<int> label, Func<(int Rows, int Blocks, byte[] Of), Gen<Predictions>> predictions)
        => (from blocks in Blocks
            from labels in label.Select(value => (double)value).Array[blocks.Rows]
            from said in predictions(blocks)
            select (blocks, labels, said)).Sample(data => Same(task, name, classes, data.labels, data.said, data.blocks), iter: 100);

    private static void Same(ModelTask task, string name, int classes, double[] labels, Predictions said, (int Rows, int Blocks, byte[] Of) blocks)
        => Same(name, MetricCatalogue.Find(task, name)!.Bind(new(labels, classes, said, 0.5)), blocks);

    private static void Same(string name, IMetricColumn column, (int Rows, int Blocks, byte[] Of) cut)
    {
        var blocks = new RowBlocks(cut.Blocks, cut.Of);
        var passes = blocks.PassForEach(column);
        var walk = column.WithoutEach(blocks);
        for (var block = 0; block < cut.Blocks; block++)
        {
            var (expected, actual) = (passes[block], walk[block]);
            Assert.True(
                double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected)),
                $"{name} of {cut.Rows} rows without block {block} of {cut.Blocks}: {expected:R} by a pass, {actual:R} by the walk");
        }
    }
}
