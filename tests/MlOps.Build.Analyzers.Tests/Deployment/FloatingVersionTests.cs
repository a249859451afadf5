using MlOps.Build.Analyzers.Deployment;
using MlOps.Build.Analyzers.Tests.Harness;
using MlOps.Build.Analyzers.Tests.Serving;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Deployment.FloatingVersionAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Leakage.FeatureRemovalFix>;

namespace MlOps.Build.Analyzers.Tests.Deployment;

public sealed class FloatingVersionTests
{
    private const string Newest = "Directory.GetFiles(\"models\").OrderByDescending(File.GetLastWriteTime).First()";

    [Theory]
    [InlineData("[|registry.Load(\"churn\", \"latest\")|];")]
    [InlineData("[|registry.Load(\"churn\", version: \"Newest\")|];")]
    [InlineData("const string version = \"latest\"; [|registry.Load(\"churn\", version)|];")]
    [InlineData("var version = \"latest\"; [|registry.Load(\"churn\", version)|];")]
    [InlineData("[|registry.Load(\"churn:latest\", null)|];")]
    [InlineData("[|registry.Load(\"models/churn@latest\", null)|];")]
    [InlineData("if (!env.IsDevelopment()) { [|registry.Load(\"churn\", \"latest\")|]; }")]
    [InlineData("if (env.IsDevelopment()) { } else { [|registry.Load(\"churn\", \"latest\")|]; }")]
    [InlineData("if (env.IsDevelopment()) { registry.Load(\"churn\", \"12\"); return; } [|registry.Load(\"churn\", \"latest\")|];")]
    [InlineData("if (!env.IsDevelopment()) { registry.Load(\"churn\", \"12\"); } [|registry.Load(\"churn\", \"latest\")|];")]
    public Task A_version_that_floats_is_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("registry.Load(\"churn\", \"12\");")]
    [InlineData("registry.Load(\"churn\", \"champion\");")]
    [InlineData("registry.Load(\"latest-orders\", \"12\");")]
    [InlineData("registry.Load(\"churn\", name);")]
    [InlineData("registry.Load(\"churn\", name ?? \"latest\");")]
    [InlineData("registry.Load(\"churn\", env.IsDevelopment() ? \"latest\" : \"12\");")]
    [InlineData("registry.Unmarked(\"churn\", \"latest\");")]
    [InlineData("if (env.IsDevelopment()) { registry.Load(\"churn\", \"latest\"); }")]
    [InlineData("if (env.IsDevelopment() && name == null) registry.Load(\"churn\", \"latest\");")]
    [InlineData("if (!(env.IsDevelopment())) { registry.Load(\"churn\", \"12\"); } else { registry.Load(\"churn\", \"latest\"); }")]
    [InlineData("var local = env.IsDevelopment(); if (local) { registry.Load(\"churn\", \"latest\"); }")]
    [InlineData("if (!env.IsDevelopment()) { registry.Load(\"churn\", \"12\"); return; } registry.Load(\"churn\", \"latest\");")]
    [InlineData("if (!env.IsDevelopment()) throw new InvalidOperationException(); registry.Load(\"churn\", \"latest\");")]
    public Task A_version_an_alias_and_what_runs_in_development_are_quiet(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData($"[|ml.Model.Load({Newest}, out _)|];")]
    [InlineData($"var file = {Newest}; [|ml.Model.Load(file, out _)|];")]
    [InlineData("var file = name; file = " + Newest + "; [|ml.Model.Load(file, out _)|];")]
    [InlineData("string file; file = " + Newest + "; [|ml.Model.Load(file, out _)|];")]
    [InlineData("var file = " + Newest + "; [|ml.Model.Load(file, out _)|]; file = name;")]
    [InlineData("var files = Directory.EnumerateFiles(\"m\", \"*.zip\").Where(f => f.Length > 0); var last = files.OrderBy(f => f).Last(); [|ml.Model.Load(last, out _)|];")]
    [InlineData("[|ml.Model.Load(Directory.GetFiles(\"m\").Max(), out _)|];")]
    [InlineData("[|ml.Model.Load(Directory.GetFiles(\"m\").MaxBy(f => File.GetCreationTimeUtc(f)), out _)|];")]
    [InlineData("[|ml.Model.Load(Directory.GetFiles(\"m\").Order().LastOrDefault() ?? throw new InvalidOperationException(), out _)|];")]
    [InlineData("[|ml.Model.Load(new DirectoryInfo(\"m\").GetFiles().OrderByDescending(f => f.LastWriteTime).First().FullName, out _)|];")]
    [InlineData("[|ml.Model.Load(new DirectoryInfo(\"m\").EnumerateFiles().MaxBy(f => f.LastWriteTime)!.OpenRead(), out _)|];")]
    [InlineData($"using var stream = File.OpenRead({Newest}); [|ml.Model.Load(stream, out _)|];")]
    [InlineData($"[|ml.Model.LoadWithDataLoader({Newest}, out IDataLoader<IMultiStreamSource> _)|];")]
    [InlineData($"[|services.AddPredictionEnginePool<In, Out>().FromFile({Newest})|];")]
    public Task The_newest_file_of_a_folder_is_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("ml.Model.Load(Directory.GetFiles(\"m\").Single(), out _);")]
    [InlineData("ml.Model.Load(Directory.GetFiles(\"m\").First(), out _);")]
    [InlineData("ml.Model.Load(new[] { name }.OrderBy(f => f).Last(), out _);")]
    [InlineData("ml.Model.Load(Directory.GetFiles(\"m\").First(f => f.EndsWith(\"12.zip\")), out _);")]
    [InlineData("ml.Model.Load(\"models/12.zip\", out _);")]
    [InlineData("var file = name; if (name == null) { file = " + Newest + "; } ml.Model.Load(file, out _);")]
    [InlineData("var file = " + Newest + "; file = name; ml.Model.Load(file, out _);")]
    [InlineData($"if (env.IsDevelopment()) ml.Model.Load({Newest}, out _);")]
    [InlineData($"_ = {Newest};")]
    [InlineData($"ml.Data.LoadFromTextFile<In>({Newest});")]
    public Task A_file_that_is_named_or_alone_is_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public Task A_program_that_serves_nobody_may_look_at_its_newest_file() => Rule.SaysOfProgram(
        $"using System.IO;\nnew MLContext(1).Model.Load({Newest}, out _);\n");

    [Fact]
    public Task A_training_may_go_on_from_the_last_model() => Rule.Says(Around("", "[TrainingEntryPoint] void T(Registry r) => r.Load(\"churn\", \"latest\");"));

    [Fact]
    public async Task A_project_of_tests_is_quiet()
    {
        var code = new Code((Code.FileName, Around("registry.Load(\"churn\", \"latest\");") + "namespace Xunit { class FactAttribute : Attribute; }"));

        Assert.Empty(await code.Findings<FloatingVersionAnalyzer>());
    }

    [Theory]
    [InlineData("latest", "", 1)]
    [InlineData("latest", "MLOPS6003.floating_versions = head, tip", 0)]
    [InlineData("Tip", "MLOPS6003.floating_versions = head, tip", 1)]
    public async Task The_team_says_which_versions_float(string version, string option, int findings)
    {
        var code = new Code((Code.FileName, Around($"registry.Load(\"churn\", \"{version}\");")))
            .With("/repo/project/.editorconfig", $"root = true\n[*.cs]\n{option}\n");

        Assert.Equal(findings, (await code.Findings<FloatingVersionAnalyzer>()).Length);
    }

    [Theory]
    [InlineData("registry.Load(\"churn\", \"latest\");", "'Load' loads whatever is 'latest' just then")]
    [InlineData($"ml.Model.Load({Newest}, out _);", "'Load' loads the newest file of a folder")]
    public async Task The_message_names_the_call_the_version_and_the_remedy(string body, string what)
    {
        var finding = Assert.Single(await new Code((Code.FileName, Around(body))).Findings<FloatingVersionAnalyzer>());

        Assert.Equal(
            $"{what}, so a restart changes the model without a deployment, two instances can answer by two models, and there is no version to roll back to. "
                + "Name a version, or an alias that the registry resolves.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("registry.Load(\"churn\", \"latest")]
    [InlineData("registry.Load(\"latest\");")]
    [InlineData("ml.Model.Load(Directory.GetFiles(\"m\").OrderBy(")]
    [InlineData("if (!env.IsDevelopment( registry.Load(\"churn\", \"latest\");")]
    public async Task Code_that_is_being_typed_is_borne(string body) =>
        await new Code((Code.FileName, Around(body))) { MayBeBroken = true }.Findings<FloatingVersionAnalyzer>();

    private static string Around(string body, string members = "") =>
        AspNet.Usings
        + $$"""
        using System.IO;
        using MlOps.Build.Annotations;

        namespace MlOps.Build.Annotations
        {
            [AttributeUsage(AttributeTargets.Method)] class TrainingEntryPointAttribute : Attribute;
            [AttributeUsage(AttributeTargets.Method)] class LoadsModelAttribute : Attribute;
        }

        namespace Microsoft.Extensions.ML
        {
            public class PredictionEnginePoolBuilder<TIn, TOut> { }

            public static class BuilderExtensions
            {
                public static PredictionEnginePoolBuilder<TIn, TOut> AddPredictionEnginePool<TIn, TOut>(this IServiceCollection services) => null;
                public static PredictionEnginePoolBuilder<TIn, TOut> FromFile<TIn, TOut>(this PredictionEnginePoolBuilder<TIn, TOut> builder, string filePath) => builder;
            }
        }

        class In { public float X { get; set; } }
        class Out { public float Score { get; set; } }

        interface IEnv { bool IsDevelopment(); }

        class Registry
        {
            [LoadsModel] public ITransformer Load(string name, string version) => null;

            public ITransformer Unmarked(string name, string version) => null;
        }

        class C
        {
            void M(MLContext ml, Registry registry, IServiceCollection services, IEnv env, string name)
            {
                {{body}}
            }

            {{members}}
        }
        """ + AspNet.Stubs;
}
