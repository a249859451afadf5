using MlOps.Build.Analyzers.Schema;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Schema.SkippedRowsAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Leakage.FeatureRemovalFix>;

namespace MlOps.Build.Analyzers.Tests.Schema;

public sealed class SkippedRowsTests
{
    private const string Load = "var data = ml.Data.LoadFromTextFile<Row>(\"a.tsv\", new TextLoader.Options { MissingRealsAsNaNs = true });";
    private const string Features = "ml.Transforms.Concatenate(\"Features\", \"A\", \"B\")";
    private const string Binary = "ml.BinaryClassification.Trainers";

    [Theory]
    [InlineData($"{Features}.Append([|{Binary}.AveragedPerceptron()|]).Fit(data);")]
    [InlineData($"{Features}.Append([|{Binary}.FastTree()|]).Fit(data);")]
    [InlineData($"{Features}.Append([|{Binary}.Gam()|]).Fit(data);")]
    [InlineData($"{Features}.Append([|{Binary}.SdcaLogisticRegression()|]).Fit(data);")]
    [InlineData($"{Features}.Append([|ml.Regression.Trainers.LbfgsPoissonRegression()|]).Fit(data);")]
    [InlineData($"{Features}.Append([|ml.Regression.Trainers.FastTreeTweedie()|]).Fit(data);")]
    [InlineData($"{Features}.Append([|ml.Regression.Trainers.OnlineGradientDescent()|]).Fit(data);")]
    [InlineData($"{Features}.Append([|ml.MulticlassClassification.Trainers.SdcaMaximumEntropy()|]).Fit(data);")]
    [InlineData($"{Features}.Append([|ml.Clustering.Trainers.KMeans()|]).Fit(data);")]
    [InlineData($"{Features}.Append([|ml.AnomalyDetection.Trainers.RandomizedPca()|]).Fit(data);")]
    [InlineData($"var chain = {Features}.Append(ml.Transforms.NormalizeMinMax(\"Features\")).AppendCacheCheckpoint(ml); var trainer = [|{Binary}.LinearSvm()|]; chain.Append(trainer).Fit(data);")]
    [InlineData($"var split = ml.Data.TrainTestSplit(ml.Data.Cache(data)); {Features}.Append([|{Binary}.LdSvm()|]).Fit(split.TrainSet);")]
    [InlineData($"ml.BinaryClassification.CrossValidate(data, {Features}.Append([|{Binary}.FastForest()|]));")]
    [InlineData($"ml.Transforms.Concatenate(\"Own\", \"C\", \"named\").Append([|{Binary}.FastTree(featureColumnName: \"Own\")|]).Fit(data);")]
    [InlineData($"ml.Transforms.CopyColumns(\"Features\", \"Many\").Append([|{Binary}.SgdCalibrated()|]).Fit(data);")]
    [InlineData($"[|{Binary}.SgdNonCalibrated(featureColumnName: \"Many\")|].Fit(data);")]
    [InlineData($"ml.Transforms.ReplaceMissingValues(\"A\").Append({Features}).Append([|{Binary}.FastTree()|]).Fit(data);")]
    [InlineData($"ml.Transforms.Categorical.OneHotEncoding(\"Kind\", \"C\").Append({Features}).Append([|{Binary}.FastTree()|]).Append(ml.Transforms.CopyColumns(\"X\", \"Score\")).Fit(data);")]
    [InlineData($"{Features}.Append([|{Binary}.FastTree(new Microsoft.ML.Trainers.FastTree.FastTreeBinaryTrainer.Options {{ NumberOfTrees = 9 }})|]).Fit(data);")]
    public Task A_trainer_that_skips_rows_is_a_warning(string body) => Rule.Says(Around(Load + body));

    [Theory]
    [InlineData($"{Features}.Append({Binary}.LightGbm()).Fit(data);")]
    [InlineData($"{Features}.Append({Binary}.Prior()).Fit(data);")]
    [InlineData($"{Features}.Append(ml.MulticlassClassification.Trainers.NaiveBayes()).Fit(data);")]
    [InlineData($"{Features}.Append(ml.Regression.Trainers.Sdca()).Fit(data);")]
    [InlineData($"{Features}.Append(ml.Transforms.ReplaceMissingValues(\"Features\")).Append({Binary}.FastTree()).Fit(data);")]
    [InlineData($"ml.Transforms.ReplaceMissingValues(\"A\").Append(ml.Transforms.ReplaceMissingValues(\"B\")).Append({Features}).Append({Binary}.FastTree()).Fit(data);")]
    [InlineData($"ml.Transforms.ReplaceMissingValues(new[] {{ new InputOutputColumnPair(\"A\"), new InputOutputColumnPair(\"B\") }}).Append({Features}).Append({Binary}.FastTree()).Fit(data);")]
    [InlineData($"{Features}.Append(ml.Transforms.NormalizeLogMeanVariance(\"Features\")).Append({Binary}.FastTree()).Fit(data);")]
    [InlineData($"{Features}.Append({Binary}.FastTree()).Fit(ml.Data.FilterRowsByMissingValues(data, \"A\", \"B\"));")]
    [InlineData($"ml.Transforms.CustomMapping<Row, Out>((r, o) => o.Y = r.A, null).Append({Features}).Append({Binary}.FastTree()).Fit(data);")]
    [InlineData($"ml.Transforms.Concatenate(\"Features\", \"Number\").Append({Binary}.FastTree()).Fit(data);")]
    [InlineData($"ml.Transforms.Concatenate(given, \"A\").Append({Binary}.FastTree()).Fit(data);")]
    [InlineData($"{Features}.Append({Binary}.FastTree(featureColumnName: given)).Fit(data);")]
    [InlineData($"{Features}.Append({Binary}.FastTree(options)).Fit(data);")]
    [InlineData($"prepared.Append({Features}).Append({Binary}.FastTree()).Fit(data);")]
    [InlineData($"{Features}.Append({Binary}.FastTree()).Fit(other);")]
    [InlineData($"_ = {Features}.Append({Binary}.FastTree());")]
    public Task Rows_that_are_repaired_filtered_or_used_are_quiet(string body) => Rule.Says(Around(Load + body));

    [Theory]
    [InlineData("var data = ml.Data.LoadFromTextFile<Row>(\"a.tsv\");")]
    [InlineData("var data = ml.Data.LoadFromTextFile<Row>(\"a.tsv\", new TextLoader.Options { MissingRealsAsNaNs = false });")]
    [InlineData("var data = ml.Data.LoadFromTextFile<Row>(\"a.tsv\", new TextLoader.Options { MissingRealsAsNaNs = given.Length > 1 });")]
    [InlineData("var data = ml.Data.LoadFromTextFile<Row>(\"a.tsv\", read);")]
    [InlineData("var data = ml.Data.LoadFromEnumerable(new Row[0]);")]
    public Task What_reads_an_empty_cell_as_zero_or_is_not_known_is_quiet(string load) =>
        Rule.Says(Around($"{load} {Features}.Append({Binary}.FastTree()).Fit(data);"));

    [Fact]
    public async Task The_message_names_the_trainer_the_column_and_the_remedies()
    {
        var finding = Assert.Single(await new Code((Code.FileName, Around($"{Load} {Features}.Append({Binary}.FastTree()).Fit(data);"))).Findings<SkippedRowsAnalyzer>());

        Assert.Equal(
            "'FastTree' leaves out each row in which 'A' is missing, and tells only MLContext.Log. "
                + "Append ReplaceMissingValues before it, take LightGbm, which learns from such rows, or filter them with FilterRowsByMissingValues to say that they are meant to go.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData($"{Features}.Append({Binary}.FastTree().Fit(data);")]
    [InlineData($"{Features}.Append({Binary}.FastTree(featureColumnName: )).Fit(data);")]
    [InlineData("ml.Transforms.Concatenate().Append(ml.Regression.Trainers.FastTree()).Fit(")]
    public async Task Code_that_is_being_typed_is_borne(string body) =>
        await new Code((Code.FileName, Around(Load + body))) { MayBeBroken = true }.Findings<SkippedRowsAnalyzer>();

    private static string Around(string body) =>
        $$"""
        class Row
        {
            [LoadColumn(0)] public float A;
            [LoadColumn(1)] public float B;
            [LoadColumn(2), ColumnName("named")] public double N;
            [LoadColumn(3, 5), VectorType(3)] public float[] Many;
            [LoadColumn(6)] public float C;
            [LoadColumn(7)] public int Number;
            [LoadColumn(8)] public bool Label;
        }

        class Out { public float Y { get; set; } }

        class Test
        {
            void M(MLContext ml, IDataView other, string given, IEstimator<ITransformer> prepared, TextLoader.Options read, Microsoft.ML.Trainers.FastTree.FastTreeBinaryTrainer.Options options)
            {
                {{body}}
            }
        }
        """;
}
