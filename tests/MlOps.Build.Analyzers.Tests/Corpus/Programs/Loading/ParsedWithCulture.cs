using Microsoft.ML;
using Microsoft.ML.Data;

var mlContext = new MLContext(seed: 0);
var readings = new List<MeterReading>();
foreach (var file in Directory.GetFiles("meters", "*.csv"))
{
    foreach (var line in File.ReadAllLines(file))
    {
        var parts = line.Split(';');
        readings.Add(new MeterReading { Hour = float.Parse(parts[0]), Usage = Convert.ToSingle(parts[1]) });
    }
}

var data = mlContext.Data.LoadFromEnumerable(readings);
var model = mlContext.Transforms.Concatenate("Features", nameof(MeterReading.Hour))
    .Append(mlContext.Regression.Trainers.FastTree(nameof(MeterReading.Usage)))
    .Fit(data);
mlContext.Model.Save(model, data.Schema, "meter.zip");

class MeterReading
{
    public float Hour { get; set; }
    public float Usage { get; set; }
}
