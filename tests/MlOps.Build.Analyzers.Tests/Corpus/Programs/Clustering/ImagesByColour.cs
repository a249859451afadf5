using Microsoft.ML;
using Microsoft.ML.Data;

var mlContext = new MLContext();
var pixels = mlContext.Data.LoadFromEnumerable(Pixels(args[0]));

var pipeline = mlContext.Clustering.Trainers.KMeans(featureColumnName: nameof(Pixel.Rgb), numberOfClusters: 8);
var model = pipeline.Fit(pixels);

VBuffer<float>[] centroids = default;
model.Model.GetClusterCentroids(ref centroids, out var k);
foreach (var centroid in centroids)
{
    Console.WriteLine(string.Join(' ', centroid.DenseValues().Select(value => (int)value)));
}

static IEnumerable<Pixel> Pixels(string file)
{
    using var reader = new BinaryReader(File.OpenRead(file));
    while (reader.BaseStream.Position + 3 <= reader.BaseStream.Length)
    {
        yield return new Pixel { Rgb = [reader.ReadByte(), reader.ReadByte(), reader.ReadByte()] };
    }
}

class Pixel
{
    [VectorType(3)] public float[] Rgb { get; set; }
}
