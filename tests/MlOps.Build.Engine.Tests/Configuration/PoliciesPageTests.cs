using System.Text.RegularExpressions;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Tests.Configuration;

public sealed class PoliciesPageTests
{
    [Theory]
    [InlineData("policies.md", 5)]
    [InlineData("verbs/gate.md", 2)]
    public void Every_policy_on_the_page_is_accepted(string page, int atLeast)
    {
        var examples = Regex.Matches(File.ReadAllText(Path.Combine(Docs(), page)).ReplaceLineEndings("\n"), "```yaml\n(.*?)```", RegexOptions.Singleline)
            .Select(match => match.Groups[1].Value).ToArray();

        Assert.True(examples.Length >= atLeast, $"{examples.Length} examples on {page}");
        Assert.All(examples, example =>
        {
            var missing = ConfigurationReaderTests.Smallest.Replace("label: late", "label: late, slices: [origin]", StringComparison.Ordinal).Split('\n')
                .Where(line => !Regex.IsMatch(example, $"^{line.Split(':')[0]}:", RegexOptions.Multiline));
            Assert.Empty(ConfigurationReader.Parse(string.Join('\n', missing) + "\n" + example, "mlops.yml").Problems);
        });
    }

    private static string Docs()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MlOps.Build.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "docs");
    }
}
