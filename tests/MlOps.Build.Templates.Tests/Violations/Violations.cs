using System.Data.Common;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;
using Microsoft.ML.Transforms;
using MlOps.Build.Annotations;

namespace Churn.Serving;

internal enum Stage
{
    Canary,
    Production,
}

internal interface IRegistry
{
    [DeploysModel]
    void Promote(string version, Stage from, Stage to);

    [LoadsModel]
    ITransformer Load(string name, string version);

    [DeploysModel]
    void Deploy(string version, Stage stage);
}

internal interface IRun
{
    [LogsMetrics]
    void Log(string name, double value);
}

internal sealed class House
{
    [LoadColumn(0)] public float Area { get; set; }

    [LoadColumn(1)] public float Rooms { get; set; }

    [LoadColumn(2)] public string City { get; set; } = "";

    [LoadColumn(3)] public bool Sold { get; set; }

    [LoadColumn(4)] public float Price { get; set; }

    [LoadColumn(5), GroupKey] public string Seller { get; set; } = "";

    [LoadColumn(6), Sensitive] public float Gender { get; set; }

    [LoadColumn(7), PersonalData] public string Email { get; set; } = "";
}

internal sealed class Plot
{
    [LoadColumn(0)] public float Area { get; set; }

    [LoadColumn(1, 3), VectorType(2)] public float[] Sides { get; set; } = []; // MLOPS2006
}

internal sealed class Age
{
    public float Years { get; set; }
}

internal sealed class Answer
{
    public float Score { get; set; }
}

internal sealed class Forgotten
{
    [LoadColumn(0)] public float Area { get; set; }

    public float Price { get; set; }
}

internal sealed class Shop
{
    public float Area { get; set; }

    public decimal Price { get; set; }
}

internal sealed class Violations(ITransformer model, IRegistry registry, ILogger<Violations> logger)
{
    private readonly MLContext ml = new(seed: 1);

    public static IEstimator<ITransformer> Unseeded()
    {
        var unseeded = new MLContext(); // MLOPS1001
        return unseeded.BinaryClassification.Trainers.LightGbm(); // MLOPS1007
    }

    public IDataView Shuffled(IEnumerable<House> houses)
    {
        var random = new Random(); // MLOPS1002
        return ml.Data.LoadFromEnumerable(houses.OrderBy(_ => random.Next())); // MLOPS4007
    }

    public IEstimator<ITransformer> AgeOf() =>
        ml.Transforms.CustomMapping<House, Age>((house, age) => age.Years = DateTime.Now.Year - house.Area, "age"); // MLOPS1003 MLOPS2011

    public IDataView Parsed(IEnumerable<string> lines) =>
        ml.Data.LoadFromEnumerable(lines.Select(line => line.Split(',')).Select(f => new House { Area = float.Parse(f[0]) })); // MLOPS1004 MLOPS4007

    public IEstimator<ITransformer> Classes() => ml.Transforms.Conversion.MapValueToKey("Label", "City") // MLOPS1005
        .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy()); // MLOPS1008

    [TrainingEntryPoint]
    public IEstimator<ITransformer> Numbers() => ml.Regression.Trainers.LightGbm(numberOfLeaves: 37, learningRate: 0.037); // MLOPS1006 MLOPS1007

    public IDataView Members() => ml.Data.LoadFromTextFile<Forgotten>("data/forgotten.tsv"); // MLOPS2004

    public IDataView Types(IEnumerable<Shop> shops) => ml.Data.LoadFromEnumerable(shops); // MLOPS2005 MLOPS4007

    public IEstimator<ITransformer> Dropped()
    {
        var chain = ml.Transforms.Concatenate("Features", "X", "Y");
        chain.Append(ml.Transforms.NormalizeMinMax("Features")); // MLOPS2007
        return chain;
    }

    public IDataView Tabs() => ml.Data.LoadFromTextFile<Plot>("data/plots.csv"); // MLOPS2008

    public ITransformer Missing()
    {
        var data = ml.Data.LoadFromTextFile<House>("data/houses.tsv", hasHeader: true); // MLOPS2009
        return ml.Transforms.ReplaceMissingValues(nameof(House.Area), replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean).Fit(data);
    }

    public BinaryClassificationMetrics Uncalibrated(IDataView train, IDataView test)
    {
        var perceptron = ml.BinaryClassification.Trainers.AveragedPerceptron().Fit(train);
        return ml.BinaryClassification.Evaluate(perceptron.Transform(test)); // MLOPS2010
    }

    public void Unnamed(IDataView data)
    {
        var mapping = ml.Transforms.CustomMapping<House, Age>((house, age) => age.Years = house.Area, contractName: null).Fit(data); // MLOPS2011
        ml.Model.Save(mapping, data.Schema, "mapping.zip");
    }

    public void Schemaless(IDataView data)
    {
        var fitted = ml.Transforms.NormalizeMinMax("Features").Fit(data);
        ml.Model.Save(fitted, null, "model.zip"); // MLOPS2012
    }

    public ITransformer Stops(IDataView train) =>
        ml.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options { EarlyStoppingRound = 20 }).Fit(train); // MLOPS1007 MLOPS2013

    public ITransformer Skipped()
    {
        var data = ml.Data.LoadFromTextFile<House>("data/houses.tsv", new TextLoader.Options { HasHeader = true, MissingRealsAsNaNs = true });
        return ml.Transforms.Concatenate("Features", nameof(House.Area), nameof(House.Rooms))
            .Append(ml.BinaryClassification.Trainers.LinearSvm("Sold")).Fit(data); // MLOPS2014 MLOPS9001
    }

    public BinaryClassificationMetrics OnTrain(IDataView data)
    {
        var fitted = ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(data); // MLOPS1008
        return ml.BinaryClassification.Evaluate(fitted.Transform(data)); // MLOPS3001
    }

    public ITransformer Before(IDataView data)
    {
        var prepared = ml.Transforms.NormalizeMeanVariance("Features").Fit(data).Transform(data);
        var split = ml.Data.TrainTestSplit(prepared); // MLOPS3002
        return ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(split.TrainSet); // MLOPS1008
    }

    public IEstimator<ITransformer> Told() => ml.Transforms.CopyColumns("Label", "Income")
        .Append(ml.Transforms.Concatenate("Features", "Salary", "Income")) // MLOPS3003
        .Append(ml.Regression.Trainers.LbfgsPoissonRegression()); // MLOPS1008

    public ITransformer ByLabel(IDataView data)
    {
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.2, samplingKeyColumnName: "Label"); // MLOPS3004
        return ml.BinaryClassification.Trainers.AveragedPerceptron().Fit(split.TrainSet);
    }

    public DataOperationsCatalog.TrainTestData Parted()
    {
        var data = ml.Data.LoadFromTextFile<House>("data/houses.tsv", hasHeader: true);
        return ml.Data.TrainTestSplit(data, testFraction: 0.2); // MLOPS3005
    }

    public double Chosen(IDataView data, float[] rates)
    {
        var split = ml.Data.TrainTestSplit(data);
        var best = 0.0;
        foreach (var rate in rates)
        {
            var fitted = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(l2Regularization: rate).Fit(split.TrainSet); // MLOPS1008
            var metrics = ml.BinaryClassification.Evaluate(fitted.Transform(split.TestSet)); // MLOPS3006
            best = Math.Max(best, metrics.AreaUnderRocCurve);
        }

        return best;
    }

    public void Endpoints(WebApplication app)
    {
        var engine = ml.Model.CreatePredictionEngine<House, Answer>(model);
        app.MapPost("/shared", (House house) => engine.Predict(house)); // MLOPS4001
        app.MapPost("/price", (House house) =>
        {
            var loaded = ml.Model.Load("price.zip", out _); // MLOPS4002 MLOPS4007
            return ml.Model.CreatePredictionEngine<House, Answer>(loaded).Predict(house); // MLOPS4002
        });
    }

    public Answer Once(House house)
    {
        using var engine = ml.Model.CreatePredictionEngine<House, Answer>(model); // MLOPS4003
        return engine.Predict(house);
    }

    public ITransformer Passes()
    {
        var pipeline = ml.Transforms.Text.FeaturizeText("Features", "Text")
            .Append(ml.BinaryClassification.Trainers.AveragedPerceptron(numberOfIterations: 10)); // MLOPS4005
        var rows = ml.Data.LoadFromTextFile("data/texts.tsv", hasHeader: true, columns: [new("Text", DataKind.String, 0), new("Label", DataKind.Boolean, 1)]);
        return pipeline.Fit(rows);
    }

    public double Often(IDataView test)
    {
        var scored = model.Transform(test); // MLOPS4006
        var mean = scored.GetColumn<float>("Score").Average();
        var best = scored.GetColumn<float>("Score").Max();
        return mean + best + ml.Regression.Evaluate(scored).RSquared;
    }

    public ITransformer Trimmed() => ml.Model.Load("churn.zip", out _); // MLOPS4007

    [TrainingEntryPoint]
    public void Train(IDataView train) // MLOPS5001
    {
        var fitted = ml.Regression.Trainers.LbfgsPoissonRegression().Fit(train); // MLOPS1008
        ml.Model.Save(fitted, train.Schema, "model.zip"); // MLOPS5003
    }

    public void Thrown(IDataView scored, IRun run)
    {
        ml.BinaryClassification.Evaluate(scored); // MLOPS5002
    }

    public void Decided(IDataView scored)
    {
        var metrics = ml.BinaryClassification.Evaluate(scored);
        if (metrics.Accuracy > 0.9) // MLOPS5004
        {
            registry.Deploy("1", Stage.Canary);
        }
    }

    public void Straight() => registry.Deploy("1", Stage.Production); // MLOPS6001 MLOPS6002

    public void Ungated() => registry.Promote("1", Stage.Canary, Stage.Production); // MLOPS6002

    public ITransformer Floating() => registry.Load("churn", "latest"); // MLOPS6003

    public static DatabaseSource Secret(DbProviderFactory factory) =>
        new(factory, "Server=db;User ID=sa;Password=Hunter2!", "SELECT * FROM houses"); // MLOPS7001

    public ITransformer Fixed() => ml.Model.Load(@"C:\models\price.zip", out _); // MLOPS4007 MLOPS7002

    public async Task<ITransformer> Fetched(HttpClient http, Uri url) => ml.Model.Load(await http.GetStreamAsync(url), out _); // MLOPS4007 MLOPS7003

    public static DatabaseSource Joined(DbProviderFactory factory, string connection, string city) =>
        new(factory, connection, "SELECT * FROM houses WHERE city = '" + city + "'"); // MLOPS7004

    public IEstimator<ITransformer> Unfair()
    {
        var data = ml.Data.LoadFromTextFile<House>("data/houses.tsv", hasHeader: true);
        return ml.Transforms.Concatenate("Features", nameof(House.Area), nameof(House.Gender)) // MLOPS8001
            .Append(ml.BinaryClassification.Trainers.AveragedPerceptron());
    }

    public void Told(House house) => logger.LogInformation("Scored {Mail}", house.Email); // MLOPS8002

    public ITransformer Called() => registry.Load("Churn FINAL2", "12"); // MLOPS9002

    public ITransformer Named()
    {
        var data = ml.Data.LoadFromTextFile<House>("data/houses.tsv", hasHeader: true);
        return ml.Transforms.Concatenate("Features", "Area", "Rooms").Fit(data); // MLOPS9001
    }
}
