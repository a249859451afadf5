using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    internal const string Smallest = """
        model: late-flights
        task: binary-classification
        data: { source: data/*.parquet, label: late }
        train: { project: src/Training }
        """;

    internal const string Everything = """
        model: late-flights
        owners: ["@org/ml-owners"]
        task: regression
        data:
          source: data
          id: [date, tail]
          label: delay
          time: date
          group: tail
          ignore: [arr_delay]
          slices: [origin]
          bands: { origin: { edges: [6, 12.5] } }
          sensitive: [carrier_size]
          expect:
            distance: { type: float, min: 0, nulls: 1% }
        split: { by: time, holdout: 25%, validation: 0.05, gap: 2d, purge: true }
        sample: { rows: 500, stratify: origin, seeds: 5 }
        train:
          command: [python, train.py]
          parameters: { leaves: 31, rate: 0.1, kind: gbdt, fast: true, code: "31" }
          seed: 7
          threads: 1
          budget: { time: 10m, memory: 4GB }
          stop: { patience: 5, diverged: false, target: 0.8 }
        score: { command: [python, score.py] }
        gate:
          primary: rmse
          confidence: 90%
          resamples: 500
          require-better: true
          minimum-support: 50
          on-inconclusive: fail
          expires: 2d
          rules:
            - metric: mae
              at-most: 12
              no-worse-by: 2%
            - slices: [origin]
              no-worse-by: 0.5
              advisory: true
        environments:
          production:
            target: folder
            path: deploy/production
            approvals: 1
            approvers: [{ name: ana, publicKey: keys/ana.pub }]
            allow-self-approval: false
        tags: { team: flights }
        """;

    [Fact]
    public void The_smallest_file_gets_every_default()
    {
        var configuration = Read(Smallest);

        Assert.Equal("late-flights", configuration.Model);
        Assert.Equal(SplitMethod.Hash, configuration.Split.By);
        Assert.Equal(0.2, configuration.Split.Holdout);
        Assert.Equal(20_000, configuration.Sample.Rows);
        Assert.Equal(3, configuration.Sample.Seeds);
        Assert.Equal(0.95, configuration.Gate.Confidence);
        Assert.Equal(TimeSpan.FromDays(14), configuration.Gate.Expires);
        Assert.Equal("src/Training", configuration.Score.Project);
    }

    [Fact]
    public void Everything_that_is_written_is_read()
    {
        var configuration = Read(Everything);

        Assert.Equal(["date", "tail"], configuration.Data.Id);
        Assert.Equal(0.01, configuration.Data.Expect["distance"].Nulls);
        Assert.Equal((SplitMethod.Time, 0.25, 0.05), (configuration.Split.By, configuration.Split.Holdout, configuration.Split.Validation));
        Assert.Equal(TimeSpan.FromDays(2), configuration.Split.Gap);
        Assert.Equal(31d, configuration.Train.Parameters["leaves"].Number);
        Assert.True(configuration.Train.Parameters["fast"].Flag);
        Assert.Equal("31", configuration.Train.Parameters["code"].Text);
        Assert.Equal(4_000_000_000, configuration.Train.BudgetMemoryBytes);
        Assert.Equal(TimeSpan.FromMinutes(10), configuration.Train.BudgetTime);
        Assert.Equal(["python", "score.py"], configuration.Score.Command);
        Assert.Equal(new Margin(0.02, Relative: true), configuration.Gate.Rules[0].NoWorseBy);
        Assert.Equal(new Margin(0.5, Relative: false), configuration.Gate.Rules[1].NoWorseBy);
        Assert.Equal(OnInconclusive.Fail, configuration.Gate.OnInconclusive);
        Assert.Equal("keys/ana.pub", configuration.Environments[0].Approvers[0].PublicKey);
        Assert.False(configuration.Environments[0].AllowSelfApproval);
    }

    [Theory]
    [InlineData("data: { source: d, label: y, slice: [a] }", "MLO2011", 3, 30, "slices")]
    [InlineData("data: { source: d, label: y }\nsplit: { by: tyme }", "MLO2012", 4, 14, "split.by")]
    [InlineData("data: { source: d, label: y }\nsplit: { holdout: 120% }", "MLO2012", 4, 19, "split.holdout")]
    [InlineData("data: { source: d, label: y }\nsample: { rows: many }", "MLO2012", 4, 17, "sample.rows")]
    [InlineData("data: { source: d }", "MLO2013", 3, 7, "label")]
    [InlineData("data: [a, b]", "MLO2012", 3, 7, "data")]
    [InlineData("data: { source: d, label: y }\ngate: { rules: [{ metric: auc }] }", "MLO2014", 4, 17, "at-least")]
    [InlineData("data: { source: d, label: y }\ngate: { rules: [{ metric: auc, at-least: 1, at-most: 0 }] }", "MLO2014", 4, 17, "at-most")]
    [InlineData("data: { source: d, label: y, ignore: [y] }", "MLO2014", 1, 1, "label")]
    [InlineData("data: { source: d, label: y }\nsplit: { by: time }", "MLO2014", 1, 1, "data.time")]
    [InlineData("data: { source: d, label: y }\nenvironments: { prod: { path: p, approvals: 2 } }", "MLO2014", 4, 23, "approvers")]
    [InlineData("data: { source: d, label: y }\nregistry: { store: cloud }", "MLO2012", 4, 20, "registry.store")]
    [InlineData("data: { source: d, label: y }\nregistry: { store: git, branch: -f }", "MLO2012", 4, 33, "registry.branch")]
    [InlineData("data: { source: d, label: y }\nregistry: { store: git, branch: a..b }", "MLO2012", 4, 33, "registry.branch")]
    [InlineData("data: { source: d, label: y }\nregistry: { store: git, remote: --upload-pack=x }", "MLO2012", 4, 33, "registry.remote")]
    [InlineData("data: { source: d, label: y }\nregistry: { store: git, path: p }", "MLO2014", 4, 11, "branch, remote")]
    [InlineData("data: { source: d, label: y }\nregistry: { branch: b }", "MLO2014", 4, 11, "path")]
    public void A_mistake_is_named_with_line_and_column(string lines, string code, int line, int column, string word)
    {
        var yaml = $"model: m\ntask: regression\n{lines}\ntrain: {{ command: [x] }}\n";

        var problem = ConfigurationReader.Parse(yaml, "mlops.yml").Problems.First(found => found.Code == code);

        Assert.Equal(new SourcePlace("mlops.yml", line, column), problem.Place);
        Assert.Contains(word, problem.What + problem.Why + problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model: [", "MLO2014")]
    [InlineData("", "MLO2014")]
    [InlineData("- a\n- b", "MLO2014")]
    public void A_file_that_is_no_mapping_is_refused(string yaml, string code)
        => Assert.Equal(code, ConfigurationReader.Parse(yaml, "mlops.yml").Problems[0].Code);

    [Fact]
    public void All_mistakes_are_listed_at_once()
    {
        var result = ConfigurationReader.Parse("modell: m\ntask: regresion\ndata: { label: y }\n", "mlops.yml");

        Assert.Equal(
            ["MLO2011", "MLO2012", "MLO2013", "MLO2013", "MLO2014"],
            result.Problems.Select(problem => problem.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_missing_file_says_how_to_get_one()
    {
        var folder = Directory.CreateTempSubdirectory("mlops-config-");

        var problem = Assert.Throws<ProblemException>(() => ConfigurationReader.Read(folder.FullName)).Problem;

        Assert.Equal("MLO2010", problem.Code);
        Assert.Contains("dotnet new mlops-project", problem.Fix, StringComparison.Ordinal);
        folder.Delete();
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Numbers_and_words_do_not_depend_on_the_culture(string culture)
    {
        var before = Thread.CurrentThread.CurrentCulture;
        Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo(culture);
        try
        {
            var configuration = Read(Smallest + "\nsplit: { holdout: 12.5% }\nsample: { rows: 1000 }");

            Assert.Equal(0.125, configuration.Split.Holdout);
            Assert.Equal(ModelTask.BinaryClassification, configuration.Task);
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    private static ProjectConfiguration Read(string yaml)
    {
        var result = ConfigurationReader.Parse(yaml, "mlops.yml");
        Assert.Empty(result.Problems);
        return result.Configuration;
    }
}
