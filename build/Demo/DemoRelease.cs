using System.Text.Json;

namespace MlOps.Build.Demo;

/// <summary>What the steps of a release have in common.</summary>
internal static class DemoRelease
{
    /// <summary>Runs a pipeline and answers its result document.</summary>
    public static JsonElement Run(DemoWorkspace workspace, int expectedExit, params string[] words)
    {
        using var document = JsonDocument.Parse(workspace.MlOps(expectedExit, ["run", .. words, "--output", "json"]));
        return document.RootElement.Clone();
    }

    public static string RunId(JsonElement result) => result.GetProperty("run").GetProperty("id").GetString()!;

    public static string ModelDigest(JsonElement result) => result.GetProperty("run").GetProperty("modelDigest").GetString()!;

    public static string ReportPath(DemoWorkspace workspace, JsonElement result)
        => Path.Combine(workspace.Project, result.GetProperty("reportPath").GetString()!);

    /// <summary>The verdict and the sentences of the rules that judge the whole holdout.</summary>
    public static string Verdict(JsonElement result)
    {
        var verdict = result.GetProperty("verdict");
        var sentences = verdict.GetProperty("findings").EnumerateArray()
            .Where(finding => finding.GetProperty("measurement").GetProperty("column").ValueKind == JsonValueKind.Null)
            .Where(finding => finding.GetProperty("result").GetString() != "not-judged")
            .Select(finding => finding.GetProperty("sentence").GetString());
        return $"{verdict.GetProperty("verdict").GetString()!.ToUpperInvariant()}: {verdict.GetProperty("sentence").GetString()}\n"
            + string.Join('\n', sentences);
    }

    /// <summary>Register, approve with a signature, deploy.</summary>
    public static string Ship(DemoWorkspace workspace, JsonElement result, string keyFile)
    {
        workspace.MlOps(0, "register", "--run", RunId(result));
        workspace.MlOps(0, "approve", "--to", "production", "--key", keyFile, "--comment", "Looked at the report.");
        workspace.MlOps(0, "deploy", "--to", "production");
        return $"{ModelDigest(result)[..15]}... is registered, approved for production by a signature, and deployed.";
    }
}
