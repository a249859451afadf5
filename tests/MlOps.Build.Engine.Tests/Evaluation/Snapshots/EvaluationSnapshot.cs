using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Tests.Evaluating;

/// <summary>Compares a document with its file under <c>Snapshots</c>: texts exactly, numbers within rounding of another processor's sums.</summary>
internal static class EvaluationSnapshot
{
    // Sums of vectors of another width differ in the last digits; quantities that are zero but for rounding stay below the floor.
    private const double Relative = 1e-7;
    private const double Floor = 1e-11;
    private static readonly bool Update = Environment.GetEnvironmentVariable("MLOPS_UPDATE") == "1";
    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Check<T>(string name, T document)
        where T : class, IDocument
        => CheckText(name, Documents.Write(document));

    public static void CheckText(string name, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var actual = JsonElement.ParseValue(ref reader);
        var path = Path.Combine(Folder(), name + ".json");
        if (Update)
        {
            File.WriteAllText(path, Text(actual, string.Empty) + "\n");
        }

        Assert.True(File.Exists(path), $"{name}.json is missing; run the tests once with MLOPS_UPDATE=1.");
        using var expected = JsonDocument.Parse(File.ReadAllBytes(path));
        Compare(name, expected.RootElement, actual);
    }

    /// <summary>What fits on a line is on one, so that a difference shows the whole of what changed.</summary>
    private static string Text(JsonElement element, string indent)
    {
        const int Width = 200;
        var line = element.ValueKind switch
        {
            JsonValueKind.Number => Number(element),
            JsonValueKind.Object => $"{{ {string.Join(", ", element.EnumerateObject().Select(property => $"\"{property.Name}\": {Text(property.Value, indent + "  ")}"))} }}",
            JsonValueKind.Array => $"[{string.Join(", ", element.EnumerateArray().Select(entry => Text(entry, indent + "  ")))}]",
            _ => JsonSerializer.Serialize(element, Format),
        };
        if (element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) || (line.Length <= Width && !line.Contains('\n')))
        {
            return line;
        }

        var inner = indent + "  ";
        return element.ValueKind == JsonValueKind.Object
            ? $"{{\n{string.Join(",\n", element.EnumerateObject().Select(property => $"{inner}\"{property.Name}\": {Text(property.Value, inner)}"))}\n{indent}}}"
            : $"[\n{string.Join(",\n", element.EnumerateArray().Select(entry => inner + Text(entry, inner)))}\n{indent}]";
    }

    // Digits beyond the tolerance would change with the machine that writes them.
    private static string Number(JsonElement number)
        => number.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : number.GetDouble().ToString("G10", CultureInfo.InvariantCulture);

    private static void Compare(string place, JsonElement expected, JsonElement actual)
    {
        Assert.True(expected.ValueKind == actual.ValueKind, $"{place}: expected {expected}, found {actual}");
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                string[] names = [.. expected.EnumerateObject().Select(property => property.Name)];
                Assert.Equal(names, actual.EnumerateObject().Select(property => property.Name));
                foreach (var name in names)
                {
                    Compare($"{place}.{name}", expected.GetProperty(name), actual.GetProperty(name));
                }

                break;
            case JsonValueKind.Array:
                Assert.True(expected.GetArrayLength() == actual.GetArrayLength(), $"{place}: expected {expected.GetArrayLength()} entries, found {actual.GetArrayLength()}");
                for (var entry = 0; entry < expected.GetArrayLength(); entry++)
                {
                    Compare($"{place}[{entry.ToString(CultureInfo.InvariantCulture)}]", expected[entry], actual[entry]);
                }

                break;
            case JsonValueKind.Number:
                var (a, b) = (expected.GetDouble(), actual.GetDouble());
                Assert.True(Math.Abs(a - b) <= Math.Max(Floor, Relative * Math.Abs(a)), string.Create(CultureInfo.InvariantCulture, $"{place}: expected {a:R}, found {b:R}"));
                break;
            default:
                Assert.True(expected.ToString() == actual.ToString(), $"{place}: expected {expected}, found {actual}");
                break;
        }
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MlOps.Build.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "tests", "MlOps.Build.Engine.Tests", "Evaluation", "Snapshots");
    }
}
