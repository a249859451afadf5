using System.Xml.Linq;

namespace MlOps.Build.Pipeline.Tests;

/// <summary>A package that people compile against lists what it shows; the compiler refuses what the list does not say.</summary>
public sealed class PublicApiTests
{
    private static readonly string[] NotCompiledAgainst = ["MlOps.Build.Tool"];

    public static TheoryData<string> Packages =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tasks"), "*.csproj", SearchOption.AllDirectories)
            .Where(IsPackable)
            .Select(project => Path.GetFileNameWithoutExtension(project))
            .Except(NotCompiledAgainst, StringComparer.Ordinal),
    ];

    [Fact]
    public void The_packages_that_people_compile_against_are_these()
        => Assert.Equal(
            ["Cake.MlOps", "MlOps.Build.Annotations", "MlOps.Build.Contracts", "MlOps.Build.Serving", "MlOps.Build.Training"],
            Packages.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Packages))]
    public void Its_list_is_checked_by_the_compiler(string package)
    {
        var folder = Path.Combine(Repository.Root, "tasks", package);

        var references = XDocument.Load(Path.Combine(folder, package + ".csproj")).Descendants("PackageReference")
            .Select(reference => (string?)reference.Attribute("Include"));
        var declared = new[] { "Shipped", "Unshipped" }.SelectMany(kind => File.ReadAllLines(Path.Combine(folder, $"PublicAPI.{kind}.txt"))).ToArray();

        Assert.Contains("Microsoft.CodeAnalysis.PublicApiAnalyzers", references);
        Assert.Equal(2, declared.Count(line => line == "#nullable enable"));
        Assert.True(declared.Length > 20, $"{package} declares {declared.Length} lines.");
    }

    private static bool IsPackable(string project)
        => XDocument.Load(project).Descendants("IsPackable").Any(element => element.Value == "true");
}
