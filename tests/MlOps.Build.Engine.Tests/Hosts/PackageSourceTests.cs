using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Tests.Processes;
using MlOps.Build.Engine.Tests.Registry;

namespace MlOps.Build.Engine.Tests.Hosts;

/// <summary>Which sources could answer for the packages of this tool.</summary>
public sealed class PackageSourceTests
{
    private const string Feed = """<add key="feed" value="./feed" />""";
    private const string Public = """<add key="nuget.org" value="https://api.nuget.org/v3/index.json" />""";

    [Fact]
    public void Two_sources_without_a_mapping_are_a_warning_with_the_fix()
    {
        var check = Judge(Sources(Feed + Public));

        Assert.Equal(DoctorStatus.Warning, check.Status);
        Assert.Contains("any of feed, nuget.org: no source mapping", check.Found, StringComparison.Ordinal);
        Assert.Contains("packageSourceMapping", check.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("feed", "MlOps.Build.*", "nuget.org", "*", "feed")]
    [InlineData("feed", "*", "nuget.org", "MlOps.Build.Tool", "nuget.org")]
    [InlineData("feed", "mlops.*", "nuget.org", "MlOps.Build.Training", "feed")]
    public void The_longest_pattern_names_the_source(string one, string pattern, string other, string wide, string expected)
    {
        var check = Judge(Sources(Feed + Public, Map(one, pattern) + Map(other, wide)));

        Assert.Equal((DoctorStatus.Ok, $"MlOps.Build.Tool comes from {expected} alone", null), (check.Status, check.Found, check.Fix));
    }

    [Theory]
    [InlineData("*", "is mapped to several sources: feed, nuget.org")]
    [InlineData("Other.*", "no package source is asked")]
    public void A_mapping_that_does_not_decide_is_a_warning(string pattern, string expected)
    {
        var check = Judge(Sources(Feed + Public, Map("feed", pattern) + Map("nuget.org", pattern)));

        Assert.Equal(DoctorStatus.Warning, check.Status);
        Assert.Contains(expected, check.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_machine_adds_counts_until_the_project_clears_it()
    {
        var machine = Sources(Public);

        Assert.Equal(DoctorStatus.Warning, Judge(Sources(Feed), machine).Status);
        Assert.Equal(DoctorStatus.Ok, Judge(Sources("<clear />" + Feed), machine).Status);
    }

    [Fact]
    public void A_source_that_is_switched_off_is_not_asked()
    {
        var off = """<configuration><disabledPackageSources><add key="NuGet.org" value="true" /></disabledPackageSources></configuration>""";

        Assert.Equal(DoctorStatus.Ok, Judge(off, Sources(Feed + Public)).Status);
    }

    [Fact]
    public void A_file_that_is_no_XML_is_passed_over()
        => Assert.Equal(DoctorStatus.Ok, Judge("<configuration", Sources(Feed)).Status);

    [Fact]
    public async Task NuGet_itself_says_which_files_it_reads()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("nuget.config"), Sources("<clear />" + Feed + Public), CancellationToken.None);
        var processes = new ProcessRunner(new SystemEnvironment(), TimeProvider.System);

        var check = Assert.Single(await new PackageSourceCheck(folder.Path, processes).LookAsync(CancellationToken.None));

        Assert.Contains("any of feed, nuget.org", check.Found, StringComparison.Ordinal);
    }

    private static DoctorCheck Judge(params string[] configurations)
        => PackageSourceCheck.Judge(PackageSources.Of(configurations, "MlOps.Build.Tool"));

    private static string Sources(string sources, string mapping = "")
        => $"<configuration><packageSources>{sources}</packageSources><packageSourceMapping>{mapping}</packageSourceMapping></configuration>";

    private static string Map(string source, string pattern)
        => $"""<packageSource key="{source}"><package pattern="{pattern}" /></packageSource>""";
}
