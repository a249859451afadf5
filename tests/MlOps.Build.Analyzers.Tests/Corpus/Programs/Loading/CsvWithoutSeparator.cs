using System;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Diabetes
{
    public class PatientRow
    {
        [LoadColumn(0)] public float Pregnancies { get; set; }
        [LoadColumn(1)] public float Glucose { get; set; }
        [LoadColumn(2)] public string Note { get; set; }
        [LoadColumn(3)] public bool Outcome { get; set; }
        public int RowNumber { get; set; }
        public DateOnly Measured { get; set; }
    }

    class Program
    {
        static void Main(string[] args)
        {
            var mlContext = new MLContext(seed: 1);
            var data = mlContext.Data.LoadFromTextFile<PatientRow>("../../../Data/diabetes.csv", hasHeader: true);
            var preview = data.Preview(5);
            foreach (var row in preview.RowView)
            {
                Console.WriteLine(string.Join(" | ", row.Values));
            }
        }
    }
}
