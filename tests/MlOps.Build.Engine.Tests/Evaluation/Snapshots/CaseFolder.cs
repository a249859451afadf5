using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Tests.Evaluating;

/// <summary>A folder of small files, a record of what was said, and what is refused in it as words.</summary>
internal sealed class CaseFolder : IDisposable, IProgressLog
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops cases ");

    public string Path => folder.FullName;

    public List<string> Said { get; } = [];

    public void Dispose() => folder.Delete(recursive: true);

    public void Step(string text) => Said.Add(text);

    public void Detail(string text) => Said.Add("detail: " + text);

    public void Warn(string text) => Said.Add("warning: " + text);

    /// <summary>Writes a file; a bar ends a line.</summary>
    public string Write(string name, string lines)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, lines.Replace('|', '\n') + "\n");
        return path;
    }

    /// <summary>What is said when it is refused, without the place of the folder.</summary>
    public JsonObject Refusal(string name, Action action)
    {
        var thrown = Record.Exception(action);
        var problem = thrown is ProblemException refused ? refused.Problem : throw new InvalidOperationException($"{name}: expected a refusal, found {thrown?.Message ?? "none"}", thrown);
        string Text(string text) => text.Replace(Path + System.IO.Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal);
        return new()
        {
            ["code"] = problem.Code,
            ["exit"] = problem.Exit.ToString(),
            ["what"] = Text(problem.What),
            ["why"] = Text(problem.Why),
            ["fix"] = Text(problem.Fix),
            ["place"] = problem.Place?.ToString(),
        };
    }

    public static void Check(string name, IReadOnlyDictionary<string, Func<JsonObject>> refusals)
        => EvaluationSnapshot.CheckText(name, JsonSerializer.SerializeToUtf8Bytes(new JsonObject([.. refusals.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value()))])));
}
