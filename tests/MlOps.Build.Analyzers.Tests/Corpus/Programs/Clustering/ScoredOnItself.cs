using System;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Courses
{
    public class Student
    {
        [LoadColumn(1)] public float Attendance;
        [LoadColumn(2)] public float Homework;
        public float Exam;
    }

    public static class Groups
    {
        public static void Main()
        {
            var ml = new MLContext(seed: 1);
            var data = ml.Data.LoadFromTextFile<Student>("students.csv", separatorChar: ',', hasHeader: true);
            var pipeline = ml.Transforms.Concatenate("Features", "Attendance", "Homework");
            pipeline.Append(ml.Transforms.NormalizeMinMax("Features"));
            var model = pipeline.Append(ml.Clustering.Trainers.KMeans("Features", numberOfClusters: 3)).Fit(data);
            var metrics = ml.Clustering.Evaluate(model.Transform(data), scoreColumnName: "Score", featureColumnName: "Features");
            Console.WriteLine($"Average distance: {metrics.AverageDistance}");
            ml.Model.Save(model, null, "groups.zip");
        }
    }
}
