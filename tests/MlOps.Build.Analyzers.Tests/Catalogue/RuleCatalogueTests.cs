using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using MlOps.Build.Analyzers.CodeFixes.Reproducibility;
using MlOps.Build.Analyzers.Reproducibility;

namespace MlOps.Build.Analyzers.Tests.Catalogue;

public sealed partial class RuleCatalogueTests
{
    private static readonly Dictionary<char, string> CategoryOfBlock = new()
    {
        ['0'] = Category.Configuration,
        ['1'] = Category.Reproducibility,
        ['2'] = Category.Schema,
        ['3'] = Category.Leakage,
        ['4'] = Category.Serving,
        ['5'] = Category.Tracking,
        ['6'] = Category.Deployment,
        ['9'] = Category.Naming,
        ['8'] = Category.ResponsibleAI,
        ['7'] = Category.Security,
    };

    [Theory]
    [MemberData(nameof(RuleCatalogue.Ids), MemberType = typeof(RuleCatalogue))]
    public void Every_rule_has_a_page_with_all_its_parts(string id)
    {
        var page = Repository.Read("analyzers", "rules", id + ".md");

        Assert.StartsWith($"# {id}: {RuleCatalogue.Of(id).Title}\n", page, StringComparison.Ordinal);
        foreach (var part in new[] { "## Cause", "## Why it matters", "## Bad", "## Good", "## Options", "## When to suppress" })
        {
            Assert.Contains($"\n{part}\n", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(RuleCatalogue.Ids), MemberType = typeof(RuleCatalogue))]
    public void Every_rule_links_to_its_page(string id) =>
        Assert.All(
            RuleCatalogue.Descriptors.Where(rule => rule.Id == id),
            rule => Assert.Equal(RulePages.RulePageBaseUrl + id, rule.HelpLinkUri));

    [Theory]
    [MemberData(nameof(RuleCatalogue.Ids), MemberType = typeof(RuleCatalogue))]
    public void Every_rule_has_a_release_entry(string id)
    {
        var rule = RuleCatalogue.Of(id);
        var releases = Repository.Read("analyzers", "MlOps.Build.Analyzers", "AnalyzerReleases.Unshipped.md")
            + Repository.Read("analyzers", "MlOps.Build.Analyzers", "AnalyzerReleases.Shipped.md");

        Assert.Contains($"\n{id} | {rule.Category} | {Severity(rule)} | {rule.Title}\n", releases, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(RuleCatalogue.Ids), MemberType = typeof(RuleCatalogue))]
    public void The_id_block_is_that_of_the_category(string id)
    {
        Assert.Matches(IdForm, id);
        Assert.All(
            RuleCatalogue.Descriptors.Where(rule => rule.Id == id),
            rule => Assert.Equal(CategoryOfBlock[id[5]], rule.Category));
    }

    [Theory]
    [MemberData(nameof(RuleCatalogue.Ids), MemberType = typeof(RuleCatalogue))]
    public void A_message_ends_with_a_remedy(string id) =>
        Assert.All(
            RuleCatalogue.Descriptors.Where(rule => rule.Id == id).Select(rule => $"{rule.MessageFormat}"),
            message => Assert.Matches(@"\. .+\.$", message));

    [Fact]
    public void No_two_rules_share_an_id() =>
        Assert.All(
            RuleCatalogue.Rules.SelectMany(rule => rule.SupportedDiagnostics.Select(one => (one.Id, Rule: rule))).GroupBy(one => one.Id),
            sharing => Assert.Single(sharing.Select(one => one.Rule).Distinct()));

    [Fact]
    public void Every_rule_stands_on_the_one_base() =>
        Assert.All(RuleCatalogue.Rules, rule => Assert.IsAssignableFrom<MlNetAnalyzer>(rule));

    [Fact]
    public void Every_fix_mends_a_rule_that_exists_and_can_mend_all_at_once() =>
        Assert.All(RuleCatalogue.Fixes, fix =>
        {
            Assert.All(fix.FixableDiagnosticIds, id => Assert.Contains(RuleCatalogue.Descriptors, rule => rule.Id == id));
            Assert.NotNull(fix.GetFixAllProvider());
        });

    /// <summary>CS9057: a compiler older than this skips the rules with no more than a warning.</summary>
    [Fact]
    public void The_rules_ask_for_no_newer_compiler_than_promised() =>
        Assert.All(
            new[] { typeof(UnseededMLContextAnalyzer), typeof(UnseededMLContextFix) }
                .SelectMany(type => type.Assembly.GetReferencedAssemblies())
                .Where(name => name.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)),
            name => Assert.Equal(new Version(4, 14, 0, 0), name.Version));

    [Fact]
    public void The_rules_need_no_assembly_that_the_compiler_does_not_bring()
    {
        string[] brought = ["netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable"];

        Assert.All(
            typeof(UnseededMLContextAnalyzer).Assembly.GetReferencedAssemblies(), name => Assert.Contains(name.Name, brought));
    }

    [Fact]
    public void The_table_in_the_documentation_is_the_one_of_the_code()
    {
        var rows = RuleCatalogue.Descriptors
            .GroupBy(rule => rule.Id, StringComparer.Ordinal)
            .Select(group => group.First())
            .Select(rule =>
                $"| [{rule.Id}](../analyzers/rules/{rule.Id}.md) | {rule.Category} | {Severity(rule)} | "
                + $"{(RuleCatalogue.IsFixable(rule.Id) ? "yes" : "no")} | {rule.Title} |");
        var table = string.Join('\n', ["| Rule | Category | Severity | Fix | What it finds |", "|---|---|---|---|---|", .. rows]) + "\n";

        Assert.Contains(table, Repository.Read("docs", "analyzers.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_is_that_of_a_rule() =>
        Assert.Equal(
            RuleCatalogue.Ids.Select(row => row.Data).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "analyzers", "rules"), "*.md")
                .Select(path => Path.GetFileNameWithoutExtension(path)!)
                .Order(StringComparer.Ordinal));

    private static string Severity(DiagnosticDescriptor rule) => rule.IsEnabledByDefault ? $"{rule.DefaultSeverity}" : "Disabled";

    [GeneratedRegex("^MLOPS[0-9]{4}$")]
    private static partial Regex IdForm { get; }
}
