using MlOps.Build.Analyzers.Deployment;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Deployment.UngatedPromotionAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Leakage.FeatureRemovalFix>;

namespace MlOps.Build.Analyzers.Tests.Deployment;

public sealed class UngatedPromotionTests
{
    [Theory]
    [InlineData("[|deployer.Promote(3, Stage.Canary, Stage.Production)|];")]
    [InlineData("[|deployer.To(3, \"production\")|];")]
    [InlineData("Console.WriteLine(m); [|deployer.To(3, \"live\")|];")]
    [InlineData("Console.WriteLine(m.Accuracy); [|deployer.To(3, \"live\")|];")]
    [InlineData("if (passed) { Console.WriteLine(); } [|deployer.To(3, \"live\")|];")]
    [InlineData("if (passed) { run.Log(1); } else { run.Log(2); } [|deployer.To(3, \"live\")|];")]
    [InlineData("var word = passed ? \"good\" : \"poor\"; [|deployer.To(3, \"live\")|];")]
    [InlineData("if (name == \"live\") { [|deployer.To(3, \"live\")|]; }")]
    [InlineData("if (string.IsNullOrEmpty(name)) return; [|deployer.To(3, \"live\")|];")]
    [InlineData("if (names.Length == 0) throw new ArgumentException(); [|deployer.To(3, \"live\")|];")]
    [InlineData("foreach (var one in names) { [|deployer.To(3, \"live\")|]; }")]
    [InlineData("switch (stage) { case Stage.Production: [|deployer.To(3, \"live\")|]; break; }")]
    [InlineData("try { [|deployer.To(3, \"live\")|]; } finally { run.Log(1); }")]
    [InlineData("deployer?[|.To(3, \"live\")|];")]
    [InlineData("while (passed) { break; } [|deployer.To(3, \"live\")|];")]
    [InlineData("ArgumentNullException.ThrowIfNull(name); [|deployer.To(3, \"live\")|];")]
    [InlineData("ArgumentException.ThrowIfNullOrWhiteSpace(name); [|deployer.To(3, \"live\")|];")]
    [InlineData("System.Threading.CancellationToken.None.ThrowIfCancellationRequested(); ObjectDisposedException.ThrowIf(name == null, this); [|deployer.To(3, \"live\")|];")]
    public Task A_promotion_that_nothing_decides_is_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("if (passed) deployer.To(3, \"live\");")]
    [InlineData("ArgumentOutOfRangeException.ThrowIfLessThan(m.Accuracy, 0.9); deployer.To(3, \"live\");")]
    [InlineData("if (!passed) return; deployer.To(3, \"live\");")]
    [InlineData("if (!passed) { throw new InvalidOperationException(); } deployer.To(3, \"live\");")]
    [InlineData("if (m.Accuracy < 0.9) return; deployer.To(3, \"live\");")]
    [InlineData("if (name == \"go\" && m.Accuracy > 0.9) deployer.To(3, \"live\");")]
    [InlineData("if (name != \"force\" && !passed) return; deployer.To(3, \"live\");")]
    [InlineData("if (m is { Accuracy: > 0.9 }) deployer.To(3, \"live\");")]
    [InlineData("switch (m.Accuracy) { case > 0.9: deployer.To(3, \"live\"); break; }")]
    [InlineData("if (outcome == Outcome.Pass) deployer.To(3, \"live\");")]
    [InlineData("switch (outcome) { case Outcome.Pass: deployer.To(3, \"live\"); break; }")]
    [InlineData("if (name == \"pass\") deployer.To(3, \"live\");")]
    [InlineData("if (\"fail\" != name) deployer.To(3, \"live\");")]
    [InlineData("try { Prove(m); } catch (Exception) { return; } deployer.To(3, \"live\");")]
    [InlineData("Prove(m); deployer.To(3, \"live\");")]
    [InlineData("switch (verdict) { case Verdict.Pass: deployer.To(3, \"live\"); break; }")]
    [InlineData("_ = passed ? deployer.Get(3, \"live\") : 0;")]
    [InlineData("_ = m switch { { Accuracy: > 0.9 } => deployer.Get(3, \"live\"), _ => 0 };")]
    [InlineData("var ok = passed && deployer.Get(3, \"live\") > 0;")]
    [InlineData("while (!passed) { passed = Again(); } deployer.To(3, \"live\");")]
    [InlineData("try { if (!passed) throw new InvalidOperationException(); } catch (InvalidOperationException) { return; } deployer.To(3, \"live\");")]
    [InlineData("try { run.Log(1); } catch (Exception) { deployer.To(3, \"live\"); }")]
    [InlineData("goto end; end: if (Again()) deployer.To(3, \"live\");")]
    [InlineData("if (run.Answer == \"yes\") deployer.To(3, \"live\");")]
    public Task What_a_verdict_may_decide_is_quiet(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("run.EnsurePassed(); deployer.To(3, \"live\");")]
    [InlineData("new Gate().Ask(m); deployer.To(3, \"live\");")]
    [InlineData("deployer.WithMetrics(3, \"live\", m);")]
    [InlineData("deployer.Rollback(3, \"live\");")]
    [InlineData("deployer.To(3, \"canary\");")]
    [InlineData("deployer.To(3, name);")]
    [InlineData("deployer.Unmarked(3, \"live\");")]
    [InlineData("Action go = () => deployer.To(3, \"live\"); if (passed) go();")]
    [InlineData("void Go() => deployer.To(3, \"live\"); if (passed) Go();")]
    [InlineData("return; deployer.To(3, \"live\");")]
    public Task Checks_ways_back_and_what_is_not_known_are_quiet(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("[GatedBy(\"the pipeline\")] public void")]
    [InlineData("[DeploysModel] public void")]
    [InlineData("private void")]
    [InlineData("void")]
    public Task A_gate_in_the_caller_is_quiet(string head) => Rule.Says(Around("deployer.To(3, \"live\");", head));

    [Fact]
    public Task Main_has_no_caller() => Rule.Says(Around("").Replace(
        "static bool Again() => true;", "static void Main() { [|new Deployer().To(3, \"live\")|]; }", StringComparison.Ordinal));

    [Fact]
    public Task Awaited_promotions_are_seen() => Rule.Says(Around("await Task.Yield(); await [|deployer.Later(3, \"live\")|].ConfigureAwait(false);", "public async Task"));

    [Fact]
    public Task An_awaited_gate_is_quiet() =>
        Rule.Says(Around("if (!await run.Passed().ConfigureAwait(false)) return; await deployer.Later(3, \"live\");", "public async Task"));

    [Fact]
    public Task Tests_are_quiet() => Rule.Says(Around("deployer.To(3, \"live\");") + "\nnamespace Xunit { class FactAttribute : Attribute; }");

    [Theory]
    [InlineData("deployer.To(3, \"live\"")]
    [InlineData("if (passed deployer.To(3, \"live\");")]
    [InlineData("if (m.) deployer.To(3, \"live\");")]
    [InlineData("x = y => deployer.To(3, \"live\")")]
    public async Task Code_that_is_being_typed_is_borne(string body) =>
        await new Code((Code.FileName, Around(body))) { MayBeBroken = true }.Findings<UngatedPromotionAnalyzer>();

    private static string Around(string body, string head = "public void") =>
        $$"""
        using MlOps.Build.Annotations;

        namespace MlOps.Build.Annotations
        {
            class DeploysModelAttribute : Attribute;
            class GatedByAttribute(string gate) : Attribute { public string Gate => gate; }
        }

        public enum Stage { Canary, Production }

        public enum Verdict { Pass, Fail }

        public enum Outcome { Pass, Fail }

        public class Gate { public void Ask(BinaryClassificationMetrics m) { } }

        public class Run
        {
            public string Answer { get; set; }

            public void Log(int n) { }

            public void EnsurePassed() { }

            public Task<bool> Passed() => Task.FromResult(true);
        }

        public class Deployer
        {
            [DeploysModel] public void To(int version, string stage) { }

            [DeploysModel] public int Get(int version, string stage) => 1;

            [DeploysModel] public Task Later(int version, string stage) => Task.CompletedTask;

            [DeploysModel] public void Promote(int version, Stage from, Stage to) { }

            [DeploysModel] public void WithMetrics(int version, string stage, object metrics) { }

            [DeploysModel] public void Rollback(int version, string stage) { }

            public void Unmarked(int version, string stage) { }
        }

        public class C
        {
            static bool Again() => true;

            static void Prove(BinaryClassificationMetrics m) { if (m.Accuracy < 0.9) throw new InvalidOperationException(); }

            {{head}} M(Deployer deployer, Run run, BinaryClassificationMetrics m, Verdict verdict, Outcome outcome, Stage stage, string name, string[] names, bool passed)
            {
                {{body}}
            }
        }
        """;
}
