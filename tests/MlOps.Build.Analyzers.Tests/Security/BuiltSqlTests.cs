using MlOps.Build.Analyzers.Security;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Security.BuiltSqlAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Security.FixedPathFix>;

namespace MlOps.Build.Analyzers.Tests.Security;

public sealed class BuiltSqlTests
{
    [Theory]
    [InlineData("[|\"select * from t where u='\" + who + \"'\"|]")]
    [InlineData("[|$\"select * from t where u='{who}'\"|]")]
    [InlineData("[|\"select * from \" + Table|]")]
    [InlineData("[|string.Format(\"select * from t where u='{0}'\", who)|]")]
    [InlineData("[|string.Concat(\"select * from \", who)|]")]
    [InlineData("[|string.Join(\" \", \"select * from\", who)|]")]
    [InlineData("[|string.Join(\" \", new[] { \"select * from\", who })|]")]
    [InlineData("[|\"select * from t where \" + $\"u = '{Clean(who)}'\"|]")]
    [InlineData("[|\"select \" + any|]")]
    public Task A_part_that_others_set_is_a_warning(string sql) => Rule.Says(Around($"_ = new DatabaseSource(f, cs, {sql});"));

    [Theory]
    [InlineData("var sql = \"select * from \" + who; _ = new DatabaseSource(f, cs, [|sql|], 5);")]
    [InlineData("var w = who; _ = new DatabaseSource(f, cs, [|$\"select {w}\"|]);")]
    [InlineData("_ = new DatabaseSource(commandText: [|\"select \" + who|], providerFactory: f, connectionString: cs);")]
    public Task A_text_is_followed_through_locals(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("\"select * from t\"")]
    [InlineData("\"select * from \" + Fixed")]
    [InlineData("$\"select * from {Fixed}\"")]
    [InlineData("$\"select * from {Once}\"")]
    [InlineData("$\"select * from {nameof(C)} where id > {number} and day < {day} and kind = {kind}\"")]
    [InlineData("\"select * from t where id > \" + number")]
    [InlineData("string.Format(\"select * from t where id > {0}\", number)")]
    [InlineData("who")]
    [InlineData("Clean(who)")]
    [InlineData("System.IO.File.ReadAllText(\"training.sql\")")]
    [InlineData("$\"select * from {kind switch { DayOfWeek.Monday => \"a\", DayOfWeek.Friday => Fixed, _ => throw new Exception() }}\"")]
    [InlineData("\"select * from t \" + (number > 3 ? \"where x > 1\" : \"\")")]
    [InlineData("\"select * from t where day > '\" + day.ToString(\"yyyy-MM-dd\") + \"'\"")]
    [InlineData("\"select * from t limit \" + number.ToString(System.Globalization.CultureInfo.InvariantCulture)")]
    public Task Fixed_text_and_numbers_are_quiet(string sql) => Rule.Says(Around($"_ = new DatabaseSource(f, cs, {sql});"));

    [Theory]
    [InlineData("_ = new DatabaseSource(f, \"Server=\" + who, \"select 1\");")]
    [InlineData("_ = new Uri(\"http://\" + who);")]
    [InlineData("var part = \"t\"; _ = new DatabaseSource(f, cs, \"select * from \" + part);")]
    public Task Other_texts_are_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public async Task The_message_names_the_part_the_effect_and_the_remedy()
    {
        var finding = Assert.Single(await new Code((Code.FileName, Around(
            "_ = new DatabaseSource(f, cs, $\"select {who.Trim()}\");"))).Findings<BuiltSqlAnalyzer>());

        Assert.Equal(
            "'who.Trim()' is put into the SQL as text, so whoever sets it can change the query and the training data. "
            + "Read from a view or a stored procedure with a fixed text, for DatabaseSource has no parameters.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "_ = new DatabaseSource(f, cs, \"a\" + ", "_ = new DatabaseSource(f, cs, $\"{\"", "var s = \"a\" + s; _ = new DatabaseSource(f, cs, s);", "_ = new DatabaseSource(f, cs, \"a\" + missing);" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<BuiltSqlAnalyzer>();
        }
    }

    private static string Around(string body) =>
        $$"""
        class C
        {
            const string Fixed = "houses";
            static readonly string Once = "houses" + 1;
            string Table { get; set; }

            void M(System.Data.Common.DbProviderFactory f, string cs, string who, object any, int number, DateTime day, DayOfWeek kind)
            {
                {{body}}
            }

            string Clean(string text) => text;
        }
        """;
}
