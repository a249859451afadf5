using System.Globalization;
using MlOps.Build.Analyzers.ResponsibleAI;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.ResponsibleAI.SensitiveFeatureAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Leakage.FeatureRemovalFix>;

namespace MlOps.Build.Analyzers.Tests.ResponsibleAI;

public sealed class SensitiveFeatureTests
{
    [Theory]
    [InlineData("var d = ml.Data.LoadFromEnumerable(new Person[0]); var p = ml.Transforms.Concatenate(\"Features\", \"Age\", [|\"Origin\"|]).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", \"Age\", [|nameof(Person.Origin)|]).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var d = ml.Data.LoadFromTextFile<Person>(\"a.csv\", ','); var p = ml.Transforms.CopyColumns(\"X\", \"faith\").Append(ml.Transforms.Concatenate(\"Features\", \"Age\", [|\"X\"|])).Append(ml.Transforms.NormalizeMinMax(\"Features\")).Append(ml.Clustering.Trainers.KMeans());")]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", \"Age\", {?\"gender\"?}).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Categorical.OneHotEncoding(\"Slots\", nameof(Person.Origin)).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", [|\"Slots\"|])).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Categorical.OneHotHashEncoding(\"Slots\", \"Sex\").Append(ml.Transforms.Concatenate(\"Features\", \"Age\", {?\"Slots\"?})).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Categorical.OneHotEncoding(new[] { new InputOutputColumnPair(\"Slots\", \"Race\") }).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", {?\"Slots\"?})).Append(ml.Regression.Trainers.Sdca());")]
    public Task A_sensitive_feature_is_a_warning_and_a_name_an_information(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("var d = ml.Data.LoadFromEnumerable(new Person[0]); var p = ml.Transforms.Concatenate(\"Features\", \"Age\", \"Allowed\").Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var d = ml.Data.LoadFromEnumerable(new Person[0]); var p = ml.Transforms.Concatenate(\"Groups\", \"Age\", \"Origin\").Append(ml.Transforms.Concatenate(\"Features\", \"Age\")).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", \"Age\", \"Origin\").Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.CopyColumns(nameof(Person.Origin), \"Age\").Append(ml.Transforms.Concatenate(\"Features\", \"Wage\", nameof(Person.Origin))).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", \"Age\", \"GenderRatio\").Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", \"Age\", \"Gender\").Append(given).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", \"Age\", \"Gender\");")]
    [InlineData("var p = ml.Transforms.Categorical.OneHotEncoding(\"Slots\", nameof(Person.Allowed)).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", \"Slots\")).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Categorical.OneHotEncoding(\"Slots\", nameof(Person.Origin)).Append(ml.Transforms.Concatenate(\"Features\", \"Age\")).Append(ml.Regression.Trainers.Sdca());")]
    public Task What_is_justified_no_feature_or_not_known_is_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public async Task The_message_names_the_column_and_the_trainer()
    {
        var finding = Assert.Single(await new Code((Code.FileName, Around(
            "var p = ml.Transforms.Concatenate(\"Features\", \"Age\", nameof(Person.Origin)).Append(ml.Regression.Trainers.Sdca());"))).Findings<SensitiveFeatureAnalyzer>());

        Assert.StartsWith("'Origin' is marked [Sensitive], and 'Sdca' decides by it. Remove it", finding.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public Task The_fix_removes_it_from_the_features() => Rule.Mends(
        Around("var p = ml.Transforms.Concatenate(\"Features\", \"Age\", [|nameof(Person.Origin)|]).Append(ml.Regression.Trainers.Sdca()); // kept"),
        Around("var p = ml.Transforms.Concatenate(\"Features\", \"Age\").Append(ml.Regression.Trainers.Sdca()); // kept"));

    [Theory]
    [InlineData("ml.Transforms.Concatenate(\"Features\", nameof(Person.)).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("ml.Transforms.Concatenate(\"Features\", \"Gender\").Append(")]
    public async Task Code_that_is_being_typed_is_borne(string body) =>
        await new Code((Code.FileName, Around(body))) { MayBeBroken = true }.Findings<SensitiveFeatureAnalyzer>();

    private static string Around(string body) =>
        $$"""
        namespace MlOps.Build.Annotations
        {
            [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
            class SensitiveAttribute : Attribute { public string Justification { get; set; } }
        }

        class Person
        {
            [LoadColumn(0)] public float Age { get; set; }
            [LoadColumn(1), MlOps.Build.Annotations.Sensitive] public float Origin { get; set; }
            [LoadColumn(2), ColumnName("faith"), MlOps.Build.Annotations.Sensitive(Justification = " ")] public float Belief { get; set; }
            [LoadColumn(3), MlOps.Build.Annotations.Sensitive(Justification = "a dose depends on it")] public float Allowed { get; set; }
        }

        class C
        {
            void M(MLContext ml, IEstimator<ITransformer> given)
            {
                {{body}}
            }
        }
        """;
}
