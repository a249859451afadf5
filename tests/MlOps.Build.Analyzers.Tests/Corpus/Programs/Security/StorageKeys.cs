using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Blob.Training;

public sealed class Pixel
{
    [LoadColumn(0, 63), VectorType(64)] public float[] Values { get; set; }
    [LoadColumn(64)] public float Digit { get; set; }
}

public static class Storage
{
    public const string Emulator =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;";

    private const string Account =
        "DefaultEndpointsProtocol=https;AccountName=digits;AccountKey=c29tZS1vbGQta2V5LW9mLXRoZS1kaWdpdHM=;EndpointSuffix=core.windows.net";

    private const string Template = "AccountName=<name>;AccountKey=<your account key goes here>";

    public static string Describe() => Template.Replace("<name>", "digits");

    public static string Connection(bool local) => local ? Emulator : Account;

    public static async Task<IDataView> Download(MLContext ml, HttpClient http, string target)
    {
        await using (var file = File.Create(target))
        {
            await using var body = await http.GetStreamAsync("https://digits.example.org/train/digits.tsv");
            await body.CopyToAsync(file);
        }

        return ml.Data.LoadFromTextFile<Pixel>(target, hasHeader: true);
    }
}
