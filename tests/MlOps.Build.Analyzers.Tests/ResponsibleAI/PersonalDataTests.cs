using System.Globalization;
using MlOps.Build.Analyzers.ResponsibleAI;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.ResponsibleAI.PersonalDataAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Leakage.FeatureRemovalFix>;

namespace MlOps.Build.Analyzers.Tests.ResponsibleAI;

public sealed class PersonalDataTests
{
    private const string Train = ".Append(ml.Regression.Trainers.Sdca());";

    [Theory]
    [InlineData("logger.LogInformation(\"{Mail}\", [|row.Email|]);")]
    [InlineData("logger.LogInformation(\"{Mail} {Age}\", [|row.Email|], row.Age);")]
    [InlineData("logger.LogInformation($\"{[|row.Email|]} left\");")]
    [InlineData("logger.LogInformation(\"left: \" + [|row.Email|]);")]
    [InlineData("logger.LogInformation(string.Format(\"{0}\", [|row.Email|]));")]
    [InlineData("logger.LogInformation([|row.Email|].Trim().ToLowerInvariant());")]
    [InlineData("logger.LogInformation([|row.Email|] ?? \"nobody\");")]
    [InlineData("logger.LogInformation(\"{Id}\", [|row.Number|].ToString());")]
    [InlineData("logger.LogInformation(\"{Mail}\", row?[|.Email|]);")]
    [InlineData("logger.LogInformation(\"{Mail}\", row.Age > 1 ? [|row.Email|] : \"a child\");")]
    [InlineData("Log.Left(logger, [|row.Email|]);")]
    [InlineData("System.Console.WriteLine([|row.Email|]);")]
    [InlineData("System.Console.Error.WriteLine(\"{0}\", [|row.Number|]);")]
    [InlineData("System.Diagnostics.Trace.WriteLine([|row.Email|]);")]
    [InlineData("System.Diagnostics.Debug.WriteLine($\"{[|row.Email|]}\");")]
    [InlineData("activity.SetTag(\"mail\", [|row.Email|]);")]
    [InlineData("Track([|row.Email|]);")]
    [InlineData("System.Console.WriteLine([|mail|]);")]
    public Task What_is_written_to_a_log_is_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("logger.LogInformation(\"{Age}\", row.Age);")]
    [InlineData("logger.LogInformation(\"{Hash}\", Hash(row.Email));")]
    [InlineData("logger.LogInformation(\"{Has}\", row.Email is null);")]
    [InlineData("logger.LogInformation(\"{Length}\", row.Email.Length);")]
    [InlineData("logger.LogInformation(\"{Length}\", row.Email?.Length);")]
    [InlineData("logger.LogInformation(\"{Kind}\", row.Email == null ? \"none\" : \"one\");")]
    [InlineData("logger.LogInformation(\"{Kind}\", row.Number > 1 ? \"none\" : \"one\");")]
    [InlineData("logger.LogInformation(\"{Same}\", row.Email == mail);")]
    [InlineData("logger.LogInformation(nameof(row.Email));")]
    [InlineData("var kept = row.Email; Send(row.Email);")]
    [InlineData("writer.WriteLine(row.Email);")]
    [InlineData("row.Email = \"\";")]
    public Task What_is_not_told_is_quiet(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("var p = ml.Transforms.Text.FeaturizeText(\"Features\", [|nameof(Person.Email)|])" + Train)]
    [InlineData("var d = ml.Data.LoadFromEnumerable(new Person[0]); var p = ml.Transforms.Text.FeaturizeText(\"Features\", [|\"Email\"|])" + Train)]
    [InlineData("var p = ml.Transforms.Text.FeaturizeText(\"T\", [|nameof(Person.Email)|]).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", \"T\"))" + Train)]
    [InlineData("var d = ml.Data.LoadFromEnumerable(new Person[0]); var p = ml.Transforms.Text.FeaturizeText([|\"Email\"|]).Append(ml.Transforms.Concatenate(\"Features\", \"Email\"))" + Train)]
    [InlineData("var p = ml.Transforms.Text.FeaturizeText(\"Features\", new Microsoft.ML.Transforms.Text.TextFeaturizingEstimator.Options(), \"Age\", [|nameof(Person.Email)|])" + Train)]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", \"Age\", [|nameof(Person.Number)|])" + Train)]
    [InlineData("var p = ml.Transforms.Categorical.OneHotEncoding(\"S\", nameof(Person.Email)).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", [|\"S\"|]))" + Train)]
    [InlineData("var p = ml.Transforms.Categorical.OneHotHashEncoding(\"S\", [|nameof(Person.Email)|]).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", \"S\"))" + Train)]
    [InlineData("var p = ml.Transforms.Conversion.Hash(\"H\", [|nameof(Person.Email)|]).Append(ml.Transforms.Categorical.OneHotEncoding(\"S\", \"H\")).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", \"S\"))" + Train)]
    [InlineData("var d = ml.Data.LoadFromEnumerable(new Person[0]); var p = ml.Transforms.CopyColumns(\"X\", \"Email\").Append(ml.Transforms.Text.FeaturizeText(\"Features\", [|\"X\"|]))" + Train)]
    public Task What_a_model_learns_from_is_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("var p = ml.Transforms.Text.FeaturizeText(\"Features\", \"Email\")" + Train)]
    [InlineData("var p = ml.Transforms.Text.FeaturizeText(\"T\", nameof(Person.Email)).Append(ml.Transforms.Concatenate(\"Features\", \"Age\"))" + Train)]
    [InlineData("var p = ml.Transforms.Text.FeaturizeText(\"Features\", nameof(Person.Email));")]
    [InlineData("var p = ml.Transforms.Text.FeaturizeText(\"Features\", nameof(Person.Email)).Append(given)" + Train)]
    [InlineData("var p = ml.Transforms.Conversion.MapValueToKey(\"Group\", nameof(Person.Email)).Append(ml.Transforms.Concatenate(\"Features\", \"Age\"))" + Train)]
    [InlineData("var p = ml.Transforms.DropColumns(nameof(Person.Email)).Append(ml.Transforms.Concatenate(\"Features\", \"Age\"))" + Train)]
    public Task What_is_no_feature_or_not_known_is_quiet(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("true", 0)]
    [InlineData("false", 1)]
    [InlineData("perhaps", 1)]
    public async Task A_hash_protects_only_where_the_team_says_so(string said, int expected)
    {
        var code = new Code((Code.FileName, Around("var p = ml.Transforms.Categorical.OneHotHashEncoding(\"S\", nameof(Person.Email)).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", \"S\"))" + Train)))
            .With("/repo/.editorconfig", $"root = true\n[*.cs]\nMLOPS8002.hash_is_protection = {said}\n");

        Assert.Equal(expected, (await code.Findings<PersonalDataAnalyzer>()).Length);
    }

    [Fact]
    public async Task It_holds_in_the_folder_to_explore_too() =>
        Assert.Single(await new Code(("/repo/project/explore/Look.cs", Around("System.Console.WriteLine(row.Email);"))).Findings<PersonalDataAnalyzer>());

    [Theory]
    [InlineData("System.Console.WriteLine(row.Email);", "'Email' is marked [PersonalData], and 'WriteLine' writes it where it outlives the row. Leave it out, or log a keyed hash of it.")]
    [InlineData(
        "var p = ml.Transforms.Text.FeaturizeText(\"Features\", nameof(Person.Email))" + Train,
        "'Email' is marked [PersonalData], and 'Sdca' learns from it, so that it can be read out of the model and cannot be deleted there. Take it out of the features.")]
    public async Task The_message_names_the_member_the_harm_and_the_remedy(string body, string message)
    {
        var finding = Assert.Single(await new Code((Code.FileName, Around(body))).Findings<PersonalDataAnalyzer>());

        Assert.Equal(message, finding.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("logger.LogInformation(\"{Mail}\", row.")]
    [InlineData("logger.LogInformation($\"{row.Email")]
    [InlineData("ml.Transforms.Text.FeaturizeText(\"Features\", nameof(Person.)).Append(ml.Regression.Trainers.Sdca());")]
    public async Task Code_that_is_being_typed_is_borne(string body) =>
        await new Code((Code.FileName, Around(body))) { MayBeBroken = true }.Findings<PersonalDataAnalyzer>();

    private static string Around(string body) =>
        $$"""
        using Microsoft.Extensions.Logging;

        namespace MlOps.Build.Annotations
        {
            [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
            class PersonalDataAttribute : Attribute { }
            class LogsMetricsAttribute : Attribute { }
        }

        namespace Microsoft.Extensions.Logging
        {
            public interface ILogger { }
            public static class LoggerExtensions { public static void LogInformation(this ILogger logger, string message, params object[] args) { } }
            public class LoggerMessageAttribute : Attribute { }
        }

        static class Log { [LoggerMessage] public static void Left(ILogger logger, string mail) { } }

        class Person
        {
            public float Age { get; set; }
            [MlOps.Build.Annotations.PersonalData] public string Email { get; set; }
            [MlOps.Build.Annotations.PersonalData] public float Number;
        }

        class C
        {
            void M(MLContext ml, Person row, ILogger logger, System.IO.TextWriter writer, System.Diagnostics.Activity activity, IEstimator<ITransformer> given, [MlOps.Build.Annotations.PersonalData] string mail)
            {
                {{body}}
            }

            string Hash(string value) => value;
            void Send(string value) { }
            [MlOps.Build.Annotations.LogsMetrics] void Track(string value) { }
        }
        """;
}
