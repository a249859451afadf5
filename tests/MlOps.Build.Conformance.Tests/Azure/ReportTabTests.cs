using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MlOps.Build.Pipeline.Tests;

namespace MlOps.Build.Conformance.Tests.Azure;

/// <summary>The tab of a run in a real browser, below a page that plays Azure DevOps with Microsoft's own channel.</summary>
public sealed partial class ReportTabTests
{
    private const string Hostile = """
        <!DOCTYPE html><html lang="en"><head><title>x</title><link rel="stylesheet" href="/leak/style"></head>
        <body onload="top.postMessage('reached', '*')"><h1>hostile</h1><img src="/leak/image" onerror="top.postMessage('reached', '*')">
        <script>top.postMessage('reached', '*'); top.document.title = 'reached'; fetch('/leak/fetch');</script>
        <iframe src="/leak/frame"></iframe><svg onload="top.postMessage('reached', '*')"></svg><meta http-equiv="refresh" content="0;url=/leak/refresh"></body></html>
        """;

    private static readonly string Tab = Path.Combine(Repository.Root, "tasks", "azure-devops", "ui");

    [Fact]
    public async Task The_reports_of_all_stages_are_listed_and_the_first_is_shown()
    {
        var seen = await LookAsync(("train.gate.late-flights", "<p>second</p>"), ("release.gate.late-flights", "<p>first</p>"), ("a<b>&", "<p>third</p>"));

        Assert.Equal(["a<b>&", "release.gate.late-flights", "train.gate.late-flights"], seen.Names);
        Assert.Equal("a<b>&", seen.Selected);
        Assert.EndsWith("<p>third</p>", seen.Document, StringComparison.Ordinal);
        Assert.Equal(string.Empty, seen.Message);
    }

    [Fact]
    public async Task A_report_is_painted_with_its_own_styles()
    {
        var red = await PaintAsync("<style>body { background: #a40e26 }</style><p>x</p>");
        var blue = await PaintAsync("<style>body { background: #0550ae }</style><p>x</p>");
        var again = await PaintAsync("<style>body { background: #a40e26 }</style><p>x</p>");

        Assert.NotEqual(red, blue);
        Assert.Equal(red, again);
    }

    [Fact]
    public async Task A_run_without_a_report_says_how_to_get_one()
        => Assert.Contains("MlOpsBuild@1", (await LookAsync()).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_hostile_report_runs_nothing_loads_nothing_and_reaches_nobody()
    {
        var seen = await LookAsync(("late-flights", Hostile));

        Assert.Equal(string.Empty, seen.Sandbox);
        Assert.Contains("hostile", seen.Document, StringComparison.Ordinal);
        Assert.False(seen.Reached);
        Assert.DoesNotContain(seen.Calls, call => call.Contains("/leak/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_report_reaches_the_page_when_the_locks_are_taken_away()
    {
        var seen = await LookAsync(
            text => SecurityPolicy().Replace(text, string.Empty).Replace("result.setAttribute('sandbox', '');", string.Empty, StringComparison.Ordinal).Replace("lock + text", "text", StringComparison.Ordinal),
            ("late-flights", Hostile));

        Assert.True(seen.Reached);
        Assert.Contains(seen.Calls, call => call.Contains("/leak/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_token_does_not_go_to_another_server()
    {
        using var other = new LoopbackServer((_, _, _) => new("secret", "text/html"));

        var seen = await LookAsync(text => text, other.Address, ("late-flights", "<p>x</p>"));

        Assert.Contains("another server", seen.Message, StringComparison.Ordinal);
        Assert.Empty(other.Calls);
    }

    [Fact]
    public void The_channel_is_the_published_one_with_its_licence()
    {
        foreach (var (shipped, published) in new[] { ("SDK.min.js", "esm/SDK.min.js"), ("LICENSE", "LICENSE") })
        {
            Assert.Equal(
                File.ReadAllText(Path.Combine(NodeTools.Folder, "node_modules", "azure-devops-extension-sdk", published)).ReplaceLineEndings("\n").TrimEnd(),
                File.ReadAllText(Path.Combine(Tab, "report-tab", "sdk", shipped)).ReplaceLineEndings("\n").TrimEnd());
        }
    }

    [Fact]
    public void The_tab_is_shown_for_the_task_also_in_a_run_of_several_stages()
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(Tab, "..", "vss-extension.json")))!;
        var task = JsonNode.Parse(File.ReadAllText(Path.Combine(Tab, "..", "MlOpsBuild", "task.json")))!;

        var tab = manifest["contributions"]!.AsArray().Single(one => (string?)one!["type"] == "ms.vss-build-web.build-results-tab")!;

        Assert.True((bool)tab["properties"]!["dynamic"]!);
        Assert.Equal((string?)task["id"], (string?)tab["properties"]!["supportsTasks"]![0]);
        Assert.True(File.Exists(Path.Combine(Tab, "..", (string)tab["properties"]!["uri"]!)));
        Assert.Equal(["vso.build"], manifest["scopes"]!.AsArray().Select(scope => (string?)scope));
    }

    private static Task<Seen> LookAsync(params (string Name, string Html)[] reports) => LookAsync(text => text, null, reports);

    private static Task<Seen> LookAsync(Func<string, string> change, params (string Name, string Html)[] reports) => LookAsync(change, null, reports);

    private static async Task<Seen> LookAsync(Func<string, string> change, string? elsewhere, params (string Name, string Html)[] reports)
    {
        var address = string.Empty;
        using var server = new LoopbackServer((_, path, _) => Answer(path.Split('?')[0], change, elsewhere ?? address, reports));
        address = server.Address;
        var page = await Browser.DocumentAsync(server.Address + "host.html");
        var seen = JsonNode.Parse(WebUtility.HtmlDecode(Result().Match(page).Groups["json"].Value))!;
        return new(
            [.. seen["names"]!.AsArray().Select(name => (string)name!)], (string?)seen["selected"], (string)seen["message"]!, (string?)seen["sandbox"],
            (string?)seen["document"] ?? string.Empty, (bool)seen["reached"]!, [.. server.Calls]);
    }

    private static async Task<byte[]> PaintAsync(string html)
    {
        var address = string.Empty;
        using var server = new LoopbackServer((_, path, _) => Answer(path.Split('?')[0], text => text.Replace("id=\"result\"", "id=\"result\" hidden", StringComparison.Ordinal), address, [("late-flights", html)]));
        address = server.Address;
        using var folder = new TemporaryFolder();
        await Browser.PictureAsync(address + "host.html", folder.At("tab.png"));
        return await File.ReadAllBytesAsync(folder.At("tab.png"), TestContext.Current.CancellationToken);
    }

    private static Page Answer(string path, Func<string, string> change, string service, (string Name, string Html)[] reports)
    {
        if (path.EndsWith("/attachments/mlops-report", StringComparison.Ordinal))
        {
            return new(new JsonObject
            {
                ["value"] = new JsonArray([.. reports.Select((report, at) => new JsonObject
                {
                    ["name"] = report.Name,
                    ["_links"] = new JsonObject { ["self"] = new JsonObject { ["href"] = $"{service}report/{at}" } },
                })]),
            }.ToJsonString());
        }

        if (path.StartsWith("/report/", StringComparison.Ordinal))
        {
            return new(reports[int.Parse(path[8..])].Html, "text/html");
        }

        var file = path switch
        {
            "/host.html" => Path.Combine(Repository.Root, "tests", "MlOps.Build.Conformance.Tests", "node", "host.html"),
            "/XDM.min.js" => Path.Combine(NodeTools.Folder, "node_modules", "azure-devops-extension-sdk", "esm", "XDM.min.js"),
            _ => Path.Combine(Tab, path.TrimStart('/')),
        };
        return File.Exists(file)
            ? new(change(File.ReadAllText(file)), Path.GetExtension(file) switch { ".html" => "text/html", ".css" => "text/css", _ => "text/javascript" })
            : new("none", "text/plain", 404);
    }

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\"[^>]*>")]
    private static partial Regex SecurityPolicy();

    [GeneratedRegex("<pre id=\"result\">(?<json>.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Result();

    private sealed record Seen(string[] Names, string? Selected, string Message, string? Sandbox, string Document, bool Reached, string[] Calls);
}
