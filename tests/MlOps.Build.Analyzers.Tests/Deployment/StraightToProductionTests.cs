using MlOps.Build.Analyzers.Deployment;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Deployment.StraightToProductionAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Leakage.FeatureRemovalFix>;

namespace MlOps.Build.Analyzers.Tests.Deployment;

public sealed class StraightToProductionTests
{
    [Theory]
    [InlineData("[|deployer.Deploy(3, Stage.Production)|];")]
    [InlineData("[|deployer.To(3, \"Production\")|];")]
    [InlineData("const string stage = \"prod\"; [|deployer.To(3, stage)|];")]
    [InlineData("var stage = Stage.Production; [|deployer.Deploy(3, stage)|];")]
    [InlineData("[|deployer.Deploy(3, Stage.Production)|]; deployer.Deploy(3, Stage.Canary);")]
    [InlineData("[|deployer.To(3, \"prod\")|]; [|deployer.Deploy(3, Stage.Production)|];")]
    public Task A_first_stage_that_is_production_is_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("deployer.Deploy(3, Stage.Canary);")]
    [InlineData("deployer.Promote(3, Stage.Canary, Stage.Production);")]
    [InlineData("deployer.Unmarked(3, Stage.Production);")]
    [InlineData("deployer.To(3, name);")]
    [InlineData("deployer.To(3, \"production-line-7\");")]
    [InlineData("var stage = Stage.Production; stage = Stage.Canary; deployer.Deploy(3, stage);")]
    [InlineData("deployer.Deploy(3, Stage.Canary); deployer.Deploy(3, Stage.Production);")]
    public Task Earlier_stages_promotions_and_what_is_not_known_are_quiet(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("deployer.Deploy(3, Stage.")]
    [InlineData("deployer.Deploy(Stage.Production);")]
    public async Task Code_that_is_being_typed_is_borne(string body) =>
        await new Code((Code.FileName, Around(body))) { MayBeBroken = true }.Findings<StraightToProductionAnalyzer>();

    private static string Around(string body) =>
        $$"""
        using MlOps.Build.Annotations;

        namespace MlOps.Build.Annotations
        {
            [AttributeUsage(AttributeTargets.Method)] class TrainingEntryPointAttribute : Attribute;
            [AttributeUsage(AttributeTargets.Method)] class StartsRunAttribute : Attribute;
            [AttributeUsage(AttributeTargets.Method)] class LogsMetricsAttribute : Attribute;
            [AttributeUsage(AttributeTargets.Method)] class RegistersModelAttribute : Attribute;
            [AttributeUsage(AttributeTargets.Method)] class DeploysModelAttribute : Attribute;
        }

        enum Stage { Canary, Production }

        class Deployer
        {
            [DeploysModel] public void Deploy(int version, Stage stage) { }

            [DeploysModel] public void To(int version, string stage) { }

            [DeploysModel] public void Promote(int version, Stage from, Stage to) { }

            public void Unmarked(int version, Stage stage) { }
        }

        class C
        {
            void M(Deployer deployer, string name)
            {
                {{body}}
            }
        }
        """;
}
