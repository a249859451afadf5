using System.Text.Json;
using System.Xml.Linq;

namespace MlOps.Build.Templates.Tests;

public sealed class PackageSourceTests(PackedTemplate template)
{
    [Theory]
    [InlineData("/srv/packages with spaces")]
    [InlineData("https://packages.example.org/v3/index.json")]
    public async Task A_feed_is_the_only_source_of_our_packages_and_of_nothing_else(string feed)
    {
        var project = await template.NewAsync("Flights", "--no-restore", "--feed", feed);

        var configuration = XDocument.Parse(project.Read("nuget.config")).Root!;
        var sources = configuration.Element("packageSources")!.Elements("add")
            .ToDictionary(add => (string)add.Attribute("key")!, add => (string)add.Attribute("value")!);
        Assert.Equal(feed, sources["mlops-build"]);
        Assert.Equal(["MlOps.Build.*", "Cake.MlOps"], Patterns("mlops-build"));
        Assert.Equal(["*"], Patterns("nuget.org"));

        IEnumerable<string> Patterns(string source)
            => configuration.Element("packageSourceMapping")!.Elements("packageSource")
                .Single(element => (string)element.Attribute("key")! == source)
                .Elements("package").Select(package => (string)package.Attribute("pattern")!);
    }

    [Theory]
    [InlineData("/srv/packages with spaces", "file:///srv/packages with spaces")]
    [InlineData("https://packages.example.org/v3/index.json", "https://packages.example.org/v3/index.json")]
    [InlineData(@"C:\feeds\ours", "file:///C:/feeds/ours")]
    [InlineData("", "")]
    public async Task The_build_script_names_the_feed_of_its_addin_since_cake_knows_no_source_mapping(string feed, string source)
    {
        var project = await template.NewAsync("Flights", ["--no-restore", "--build", "cake", .. feed.Length > 0 ? new[] { "--feed", feed } : []]);

        Assert.Contains($"#addin \"nuget:{source}?package=Cake.MlOps&version={PackedTemplate.Version}&prerelease\"\n", project.Read("build.cake"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_feed_the_users_own_settings_decide()
    {
        var project = await template.NewAsync("Flights", "--no-restore");

        Assert.DoesNotContain(project.Files, file => file.Contains("nuget", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Packages_and_tool_have_exactly_the_version_of_the_template()
    {
        var project = await template.NewAsync("Flights", "--no-restore");

        var tool = JsonDocument.Parse(project.Read(".config/dotnet-tools.json")).RootElement
            .GetProperty("tools").GetProperty("mlops.build.tool");
        Assert.Equal(PackedTemplate.Version, tool.GetProperty("version").GetString());
        Assert.Equal("mlops", tool.GetProperty("commands")[0].GetString());
        Assert.Equal(
            PackedTemplate.Version,
            XDocument.Parse(project.Read("Directory.Packages.props")).Descendants("MlOpsBuildVersion").Single().Value);
    }

    [Fact]
    public void The_template_asks_for_the_versions_this_repository_is_built_with()
    {
        var own = Versions(Repository.PathOf("Directory.Packages.props"));

        var asked = Versions(Path.Combine(Repository.Content, "Directory.Packages.props"));

        Assert.All(
            asked.Where(package => !package.Key.StartsWith("MlOps.Build.", StringComparison.Ordinal)),
            package => Assert.Equal(own[package.Key], package.Value));
    }

    private static Dictionary<string, string> Versions(string path)
        => XDocument.Load(path).Descendants("PackageVersion")
            .ToDictionary(item => (string)item.Attribute("Include")!, item => (string)item.Attribute("Version")!);
}
