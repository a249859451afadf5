using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Reporting;
using MlOps.Build.Engine.Tests.Configuration;
using MlOps.Build.Engine.Tests.Evaluating;
using MlOps.Build.Engine.Tests.Reporting;

namespace MlOps.Build.Engine.Tests.Gating;

/// <summary>What a model costs, judged by what a run measured itself.</summary>
public sealed class FootprintRuleTests
{
    private static readonly GateRule Size = new() { Footprint = "model-size", AtMost = 10e6, NoWorseBy = new(0.5, true) };
    private static readonly FootprintSample Cpu = new("training-cpu", [990, 1000, 1010], [495, 500, 505]);
    private static readonly GateRule Time = new() { Footprint = "training-time", NoWorseBy = new(0.5, true) };

    [Theory]
    [InlineData(9e6, 8e6, FindingResult.Pass, FindingResult.Pass)]
    [InlineData(10e6, 8e6, FindingResult.Pass, FindingResult.Pass)]
    [InlineData(11e6, 8e6, FindingResult.Fail, FindingResult.Pass)]
    [InlineData(9e6, 6e6, FindingResult.Pass, FindingResult.Pass)]
    [InlineData(9e6, 5.9e6, FindingResult.Pass, FindingResult.Fail)]
    public void The_size_of_one_model_is_known_exactly(double challenger, double baseline, FindingResult ceiling, FindingResult margin)
    {
        var verdict = Judge(Size, new("model-size", [challenger], [baseline]));

        Assert.Equal([ceiling, margin], verdict.Findings[1..].Select(finding => finding.Result));
        Assert.Equal(ceiling == FindingResult.Pass && margin == FindingResult.Pass ? VerdictKind.Pass : VerdictKind.Fail, verdict.Kind);
    }

    [Fact]
    public void The_sentence_has_units()
        => Assert.Equal(
            "Size of the model must be no worse by 50 %: 9.0 MB against 5.9 MB, harm p < 0.001 after Holm, 1 training: fail.",
            Judge(Size, new("model-size", [9e6], [5.9e6])).Findings[2].Sentence);

    [Fact]
    public void A_training_is_slower_only_where_its_repetitions_show_it()
    {
        Assert.Equal(FindingResult.Fail, Judge(Time, new("training-time", [2.0, 2.1, 2.05], [1.0, 1.02, 1.01]), 3).Findings[1].Result);
        Assert.Equal(FindingResult.Pass, Judge(Time, new("training-time", [1.0, 4.1, 1.05], [1.0, 1.02, 1.01]), 3).Findings[1].Result);
    }

    [Fact]
    public void The_interval_is_that_of_a_paired_t_test()
    {
        var measured = Judge(Time, new("training-time", [2, 3, 4], [1, 2, 3]), 3).Findings[1].Measurement;

        // 1.5 b - c: -0.5, 0, 0.5; standard error 0.5 / sqrt 3; t of 95 % with 2 degrees of freedom 2.919986.
        Assert.Equal((0, 2), (measured.Estimate, measured.DegreesOfFreedom));
        Assert.Equal(0.5 / Math.Sqrt(3), measured.StandardError!.Value, 12);
        Assert.Equal(-2.919986 * 0.5 / Math.Sqrt(3), measured.Lower!.Value, 6);
        Assert.Equal(0.5, measured.HarmPValue!.Value, 9);
    }

    [Fact]
    public void What_was_not_measured_in_this_run_is_not_judged()
    {
        Assert.Contains("both sides have to be trained in this run", NotJudged(new("training-time", [1, 1, 1], null)).Sentence);
        Assert.Contains("both sides have to be trained in this run", NotJudged(new("training-time", null, [1, 1, 1])).Sentence);
        Assert.Contains("one training has no interval", NotJudged(new("training-time", [1], [1]), 1).Sentence);
    }

    [Theory]
    [InlineData("training-cpu", "Processor time of training must be no worse by 50 %: 2.05 s against 1.01 s")]
    [InlineData("training-memory", "Peak memory of training must be no worse by 50 %: 2 B against 1 B")]
    public void Processor_time_and_memory_are_judged_like_time(string name, string sentence)
    {
        var finding = Judge(Time with { Footprint = name }, new(name, [2.0, 2.1, 2.05], [1.0, 1.02, 1.01]), 3).Findings[1];

        Assert.Equal(FindingResult.Fail, finding.Result);
        Assert.StartsWith(sentence, finding.Sentence);
    }

    [Fact]
    public void Scorings_are_counted_apart_from_trainings()
    {
        var finding = Judge(Time with { Footprint = "score-time" }, new("score-time", [2.0, 2.1, 2.05, 2.0], [1.0, 1.02, 1.01, 1.0]), 1).Findings[1];

        Assert.Equal(FindingResult.Fail, finding.Result);
        Assert.EndsWith("4 timed scorings: fail.", finding.Sentence);
    }

    [Fact]
    public void Energy_is_processor_time_with_stated_factors()
    {
        var energy = Time with { Footprint = "energy", AtMost = 2 };
        var fixture = Fixture(energy, 3);
        fixture.Policy = fixture.Policy with { Watts = 7.2, Grid = 500 };

        var (ceiling, margin) = (Judge(fixture, Cpu).Findings[1], Judge(fixture, Cpu).Findings[2]);

        // 1000 s at 7.2 W are 2 Wh; 0.002 kWh at 500 g are 1 g.
        Assert.Equal((2, 1), (Math.Round(margin.Measurement.Challenger!.Value, 9), Math.Round(margin.Measurement.Baseline!.Value, 9)));
        Assert.Equal((FindingResult.Pass, FindingResult.Fail), (ceiling.Result, margin.Result));
        Assert.StartsWith("Estimated energy of training must be no worse by 50 %: 2.0 Wh against 1.0 Wh, harm p", margin.Sentence);
        Assert.EndsWith("3 trainings, from processor time at 7.2 W a busy core (stated); 1 g of CO2e at 500 g a kWh (stated): fail.", margin.Sentence);
    }

    [Fact]
    public void Factors_that_nobody_stated_are_named_with_their_source()
        => Assert.Contains(
            "3.76 W a busy core (default: a core of Azure, Cloud Carbon Footprint); 496.111 mg of CO2e at 475 g a kWh (default: the world's mean, IEA)",
            Judge(Time with { Footprint = "energy" }, Cpu, 3).Findings[1].Sentence);

    [Fact]
    public void A_kept_evaluation_still_knows_what_energy_is_made_of()
        => Assert.Equal("training-cpu", Assert.Single(Evaluator.Evaluate(Fixture(Time with { Footprint = "energy" }, 3).Input with { Footprint = [Cpu] }).Footprint!).Name);

    [Fact]
    public void What_could_not_be_known_says_why()
    {
        var finding = NotJudged(new("training-time", null, [1, 1, 1]) { Note = "another program ran at the same time" });

        Assert.Equal("Time of training must be no more than 50 % above the baseline's: cannot tell: another program ran at the same time: not judged.", finding.Sentence);
    }

    [Fact]
    public void A_margin_that_could_not_be_judged_keeps_its_unit()
        => Assert.StartsWith(
            "Time of training must be no more than 0.20 s above the baseline's: both sides have to be trained",
            Judge(Time with { NoWorseBy = new(0.2, false) }, new("training-time", null, [1, 1, 1]), 3).Findings[1].Sentence);

    [Fact]
    public void Where_nobody_measured_at_all_the_rule_fails()
    {
        var fixture = Fixture(Size, 1);

        Assert.Equal(VerdictKind.Fail, fixture.Judge().Kind);
    }

    [Fact]
    public void A_first_model_is_held_to_its_ceiling()
    {
        var fixture = new EvaluationFixture(500) { Rules = [new() { Metric = "auc", AtLeast = 0.5 }, Size] }.Train(0.5, null);

        var verdict = Judge(fixture, new("model-size", [12e6], null));

        Assert.Equal([FindingResult.Fail, FindingResult.NotJudged], verdict.Findings[1..].Select(finding => finding.Result));
    }

    [Fact]
    public void Only_a_policy_that_asks_records_costs()
    {
        var sample = new FootprintSample("model-size", [1], [1]);

        Assert.Equal("model-size", Assert.Single(Evaluator.Evaluate(Fixture(Size, 1).Input with { Footprint = [sample, sample with { Name = "training-time" }] }).Footprint!).Name);
        Assert.Null(Evaluator.Evaluate(new EvaluationFixture(500).Train(0.5, 0.5).Input with { Footprint = [sample] }).Footprint);
    }

    [Theory]
    [InlineData("at-most: 10MB", 10e6)]
    [InlineData("at-most: 4KiB", 4096)]
    [InlineData("at-most: 90s", 90, "training-time")]
    [InlineData("at-most: 12.5", 12.5)]
    [InlineData("at-most: 5ms", 0.005, "score-p99")]
    [InlineData("at-most: 5Wh", 5, "energy")]
    [InlineData("at-most: 250mWh", 0.25, "energy")]
    [InlineData("at-most: 1.5kWh", 1500, "energy")]
    public void A_ceiling_has_a_unit(string limit, double value, string footprint = "model-size")
    {
        var result = Parse($"{{ footprint: {footprint}, {limit} }}");

        Assert.Empty(result.Problems);
        Assert.Equal(value, result.Configuration.Gate.Rules[0].AtMost);
    }

    [Theory]
    [InlineData("{ footprint: model-sise, at-most: 1MB }", "MLO2360", "Did you mean 'model-size'?")]
    [InlineData("{ footprint: score-p90, at-most: 1ms }", "MLO2360", "Did you mean 'score-p50'?")]
    [InlineData("{ footprint: score-p95, at-most: 10MB }", "MLO2012", "a duration such as 90s or 5ms")]
    [InlineData("{ footprint: allocations, no-worse-by: 1s }", "MLO2012", "a share such as 50%, or a size such as 10MB")]
    [InlineData("{ footprint: energy, at-most: 5Ws }", "MLO2012", "an energy such as 5Wh")]
    [InlineData("{ footprint: model-size, metric: auc, at-most: 1MB }", "MLO2360", "two rules in one")]
    [InlineData("{ footprint: model-size, at-least: 1 }", "MLO2320", "stops good models")]
    [InlineData("{ footprint: model-size, at-most: tiny }", "MLO2012", "a size such as 10MB")]
    [InlineData("{ footprint: model-size }", "MLO2014", "needs a limit")]
    public void What_cannot_be_judged_is_refused_with_the_reason(string rule, string code, string why)
    {
        var problem = Parse(rule).Problems[0];

        Assert.Equal((code, 5), (problem.Code, problem.Place!.Line));
        Assert.Contains(why, problem.Why);
    }

    [Theory]
    [InlineData("model-size", "10MB", 10e6, "no worse by 10.0 MB")]
    [InlineData("score-p95", "5ms", 0.005, "no worse by 5.0 ms")]
    [InlineData("load-time", "2", 2, "no worse by 2.00 s")]
    [InlineData("energy", "1Wh", 1, "no worse by 1.0 Wh")]
    public void A_margin_may_be_a_quantity(string footprint, string margin, double value, string text)
    {
        var rule = Assert.Single(Parse($"{{ footprint: {footprint}, no-worse-by: {margin} }}").Configuration.Gate.Rules);

        Assert.Equal(new(value, false), rule.NoWorseBy);
        Assert.Equal(text, Assert.Single(PolicyLimit.OfCosts(rule)).Text);
    }

    [Theory]
    [InlineData(9e6, 8e6, FindingResult.Pass)]
    [InlineData(10e6, 8e6, FindingResult.Pass)]
    [InlineData(10.1e6, 8e6, FindingResult.Fail)]
    public void A_margin_in_bytes_is_the_same_for_all_baselines(double challenger, double baseline, FindingResult result)
        => Assert.Equal(result, Judge(Size with { AtMost = null, NoWorseBy = new(2e6, false) }, new("model-size", [challenger], [baseline])).Findings[1].Result);

    [Theory]
    [InlineData("score-p95", "Time within which 95 % of rows are answered must be no worse by 50 %: 205.0 µs against 101.0 µs")]
    [InlineData("load-time", "Time to load the model must be no worse by 50 %: 205.0 µs against 101.0 µs")]
    public void Times_of_rows_are_told_in_small_units(string name, string sentence)
        => Assert.StartsWith(sentence, Judge(Time with { Footprint = name }, new(name, [200e-6, 210e-6, 205e-6], [100e-6, 102e-6, 101e-6]), 1).Findings[1].Sentence);

    [Fact]
    public void Reports_show_units_and_the_change()
    {
        var fixture = Fixture(Size, 1);
        var evaluation = Evaluator.Evaluate(fixture.Input with { Footprint = [new("model-size", [9e6], [6e6])] });
        var input = ReportCases.Pass.Input with { Evaluation = evaluation, Verdict = Judge(Size, new("model-size", [9e6], [6e6])) };

        Assert.All([ReportMarkdown.Of(input), ReportHtml.Of(input)], report =>
        {
            Assert.Contains("9.0 MB", report);
            Assert.Contains("6.0 MB", report);
            Assert.Contains("at most 10.0 MB", report);
            Assert.Contains("+50", report);
        });
    }

    private static Finding NotJudged(FootprintSample sample, int trainings = 3)
    {
        var finding = Judge(Time, sample, trainings).Findings[1];
        Assert.Equal(FindingResult.NotJudged, finding.Result);
        return finding;
    }

    private static ConfigurationResult Parse(string rule)
        => ConfigurationReader.Parse(ConfigurationReaderTests.Smallest + $"\ngate: {{ rules: [{rule}] }}", "mlops.yml");

    private static EvaluationFixture Fixture(GateRule rule, int trainings)
    {
        var fixture = new EvaluationFixture(500) { Rules = [new() { Metric = "auc", NoWorseBy = new(0.3, false) }, rule] };
        for (var training = 0; training < trainings; training++)
        {
            fixture.Train(0.5, 0.5);
        }

        return fixture;
    }

    private static Verdict Judge(GateRule rule, FootprintSample sample, int trainings = 1) => Judge(Fixture(rule, trainings), sample);

    private static Verdict Judge(EvaluationFixture fixture, FootprintSample sample)
        => Gate.Judge(
            Evaluator.Evaluate(fixture.Input with { Footprint = [sample] }), fixture.Policy, new() { Now = DateTimeOffset.UnixEpoch, EngineDigest = "sha256:e" });
}
