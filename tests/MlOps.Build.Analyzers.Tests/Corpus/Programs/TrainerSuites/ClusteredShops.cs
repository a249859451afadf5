using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Shops.Segments
{
    public class Shop
    {
        public string Id { get; set; }
        public float Revenue { get; set; }
        public float Visitors { get; set; }
        public float Area { get; set; }
    }

    public class Segment
    {
        public string Id { get; set; }

        [ColumnName("PredictedLabel")]
        public uint Cluster { get; set; }

        [ColumnName("Score")]
        public float[] Distances { get; set; }
    }

    public interface ISegmentation
    {
        ILookup<uint, string> Split(IEnumerable<Shop> shops);
    }

    public sealed class KMeansSegmentation : ISegmentation
    {
        private readonly MLContext context;
        private readonly KMeansTrainer.Options options;

        public KMeansSegmentation(MLContext context, int clusters)
        {
            this.context = context;
            options = new KMeansTrainer.Options
            {
                NumberOfClusters = clusters,
                InitializationAlgorithm = KMeansTrainer.InitializationAlgorithm.KMeansPlusPlus,
                NumberOfThreads = 1,
            };
        }

        public static KMeansSegmentation Create(int clusters, int seed = 7) => new(new MLContext(seed), clusters);

        public ILookup<uint, string> Split(IEnumerable<Shop> shops)
        {
            var data = context.Data.LoadFromEnumerable(shops);
            var model = context.Transforms.Concatenate("Features", nameof(Shop.Revenue), nameof(Shop.Visitors), nameof(Shop.Area))
                .Append(context.Transforms.NormalizeRobustScaling("Features"))
                .Append(context.Clustering.Trainers.KMeans(options))
                .Fit(data);
            return context.Data.CreateEnumerable<Segment>(model.Transform(data), reuseRowObject: false)
                .ToLookup(segment => segment.Cluster, segment => segment.Id);
        }
    }
}
