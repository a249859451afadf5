using MlOps.Build.Analyzers.Reproducibility;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Reproducibility.UncontrolledOrderAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Reproducibility.UncontrolledOrderFix>;

namespace MlOps.Build.Analyzers.Tests.Reproducibility;

public sealed class UncontrolledOrderTests
{
    [Theory]
    [InlineData("var r = [|new Random()|]; ml.Data.LoadFromEnumerable(rows.OrderBy(_ => r.Next()));")]
    [InlineData("Random r = [|new()|]; ml.Transforms.CopyColumns(\"A\", \"X\").Fit(data);")]
    [InlineData("ml.Data.LoadFromEnumerable(rows.OrderBy(_ => [|Random.Shared|].Next()));")]
    [InlineData("ml.Data.LoadFromEnumerable(rows.OrderBy(_ => [|Guid.NewGuid()|]));")]
    [InlineData("var mixed = rows.OrderBy(row => row.X).ThenBy(_ => [|Guid.NewGuid()|]).ToList(); ml.Data.LoadFromEnumerable(mixed);")]
    [InlineData("ml.Data.LoadFromEnumerable([|rows.AsParallel()|].Select(row => row));")]
    [InlineData("var read = [|rows.AsParallel()|].Where(row => row.X > 0).ToList(); ml.Data.LoadFromEnumerable(read);")]
    [InlineData("ml.Data.LoadFromEnumerable([|System.IO.Directory.GetFiles(\"d\")|].Select(file => new Row()));")]
    [InlineData("var files = [|System.IO.Directory.EnumerateFiles(\"d\")|]; ml.Data.LoadFromEnumerable(files.SelectMany(file => rows));")]
    [InlineData("var all = [|System.IO.Directory.GetFiles(\"d\")|]; Array.Sort(new int[1]); ml.Data.LoadFromEnumerable(all.Select(file => new Row()));")]
    [InlineData("var all = [|System.IO.Directory.GetFiles(\"d\")|]; Console.WriteLine(all.Length); ml.Data.LoadFromEnumerable(all.Select(file => new Row()));")]
    [InlineData("var r = [|new Random()|]; Console.WriteLine(r.Next()); ml.Data.LoadFromEnumerable(rows.OrderBy(_ => r.Next()));")]
    [InlineData("var one = rows[[|Random.Shared|].Next(3)]; rows.Add(one); ml.Data.LoadFromEnumerable(rows);")]
    [InlineData("if ([|new Random()|].Next() > 3) { rows.Clear(); } ml.Data.LoadFromEnumerable(rows);")]
    [InlineData("var d = ml.Data.LoadFromEnumerable([|rows.AsParallel()|]); var m = ml.Transforms.CopyColumns(\"A\", \"X\").Fit(d); m.Transform(d);")]
    public Task Chance_in_the_preparation_of_rows_is_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("var r = new Random(1); ml.Data.LoadFromEnumerable(rows.OrderBy(_ => r.Next()));")]
    [InlineData("var r = new Random(); var g = rows.OrderBy(_ => Guid.NewGuid()); var s = Random.Shared;")]
    [InlineData("var id = Guid.NewGuid(); ml.Data.LoadFromEnumerable(rows.OrderBy(row => row.X));")]
    [InlineData("ml.Data.LoadFromEnumerable(new[] { Guid.NewGuid() }.OrderBy(id => id).Select(id => new Row()));")]
    [InlineData("ml.Data.LoadFromEnumerable(rows.AsParallel().AsOrdered().Select(row => row));")]
    [InlineData("ml.Data.LoadFromEnumerable(rows.AsParallel().Select(row => row).OrderBy(row => row.X));")]
    [InlineData("ml.Data.LoadFromEnumerable(System.IO.Directory.GetFiles(\"d\").Order().Select(file => new Row()));")]
    [InlineData("var all = System.IO.Directory.GetFiles(\"d\"); ml.Data.LoadFromEnumerable(rows);")]
    [InlineData("var all = System.IO.Directory.GetFiles(\"d\"); all = Sorted(all); ml.Data.LoadFromEnumerable(all.Select(file => new Row()));")]
    [InlineData("ml.Data.LoadFromEnumerable(Sorted(System.IO.Directory.GetFiles(\"d\")).Select(file => new Row()));")]
    [InlineData("var all = System.IO.Directory.GetFiles(\"d\"); Array.Sort(all, StringComparer.Ordinal); ml.Data.LoadFromEnumerable(all.Select(file => new Row()));")]
    [InlineData("var read = rows.AsParallel().ToList(); read.Sort((a, b) => a.X.CompareTo(b.X)); ml.Data.LoadFromEnumerable(read);")]
    [InlineData("var all = System.IO.Directory.GetFiles(\"d\"); all.AsSpan().Sort(); ml.Data.LoadFromEnumerable(all.Select(file => new Row()));")]
    [InlineData("var all = System.IO.Directory.GetFiles(\"d\"); SortHere(all); ml.Data.LoadFromEnumerable(all.Select(file => new Row()));")]
    [InlineData("var one = rows[Random.Shared.Next(rows.Count)]; Console.WriteLine($\"{one.X}: {ml.Model.CreatePredictionEngine<Row, Row>(null).Predict(one).X}\"); ml.Data.LoadFromEnumerable(rows);")]
    [InlineData("var r = new Random(); System.Threading.Thread.Sleep(TimeSpan.FromSeconds(1 + r.NextDouble())); Task.Delay(r.Next(10)); ml.Data.LoadFromEnumerable(rows);")]
    [InlineData("Console.WriteLine(new Random().Next() > 3 ? \"a\" : \"b\"); ml.Data.LoadFromEnumerable(rows);")]
    [InlineData("var scored = ml.Model.Load(\"m.zip\", out _).Transform(ml.Data.LoadFromEnumerable(rows.AsParallel().Select(row => row)));")]
    public Task A_seed_a_sort_or_another_method_is_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public Task The_entry_point_of_a_training_is_judged_without_a_load() => Rule.Says(
        """
        namespace MlOps.Build.Annotations { class TrainingEntryPointAttribute : Attribute; }
        class C
        {
            [MlOps.Build.Annotations.TrainingEntryPoint] int M() => [|new Random()|].Next();
            int N() => new Random().Next();
        }
        """);

    [Fact]
    public Task Tests_may_shuffle() => Rule.Says(
        "namespace Xunit { class FactAttribute : Attribute; }\n" + Around("var r = new Random(); ml.Data.LoadFromEnumerable(rows);"));

    [Fact]
    public async Task The_message_names_the_cause_and_the_remedy()
    {
        var code = new Code((Code.FileName, Around("ml.Data.LoadFromEnumerable(System.IO.Directory.GetFiles(\"d\").Select(file => new Row()));")));

        var finding = Assert.Single(await code.Findings<UncontrolledOrderAnalyzer>());

        Assert.Equal(
            "'GetFiles' gives its results in no fixed order, so the model is trained on other rows, or in another order, on each run. "
            + "Order them before they are loaded.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public Task The_fix_gives_a_seed() => Rule.Mends(
        Around("var a = /* a */ [|new Random()|]; // b\nRandom b = [|new()|];\nml.Data.LoadFromEnumerable(rows);"),
        Around("var a = /* a */ new Random(1); // b\nRandom b = new(1);\nml.Data.LoadFromEnumerable(rows);"));

    [Theory]
    [InlineData("ml.Data.LoadFromEnumerable(rows.OrderBy(_ => [|Guid.NewGuid()|]));")]
    [InlineData("ml.Data.LoadFromEnumerable([|rows.AsParallel()|]);")]
    [InlineData("ml.Data.LoadFromEnumerable(rows.OrderBy(_ => [|Random.Shared|].Next()));")]
    public Task What_has_several_mends_has_no_fix(string body) => Rule.HasNoFixFor(Around(body));

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "ml.Data.LoadFromEnumerable(rows.OrderBy(_ => Guid.NewGuid(", "var r = new Random(; ml.Data.LoadFromEnumerable(", "var x = x.AsParallel(); ml.Data.LoadFromEnumerable(x);" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<UncontrolledOrderAnalyzer>();
        }
    }

    private static string Around(string body) =>
        $$"""
        class Row { public float X { get; set; } }

        class C
        {
            static string[] Sorted(string[] all) => all;

            static void SortHere(string[] all) => Array.Sort(all);

            void M(MLContext ml, IDataView data, List<Row> rows)
            {
                {{body}}
            }
        }
        """;
}
