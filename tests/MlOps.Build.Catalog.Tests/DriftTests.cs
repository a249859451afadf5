using System.Globalization;
using MlOps.Build.Pipeline.Tests;

namespace MlOps.Build.Catalog.Tests;

/// <summary>What is made of the catalog is what lies there. Set MLOPS_UPDATE=1 to write it anew.</summary>
public sealed class DriftTests
{
    public static TheoryData<string> Paths => [.. CatalogFixture.Files.Keys];

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_file_is_what_the_catalog_makes_of_it(string path)
    {
        var file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable("MLOPS_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, CatalogFixture.Files[path]);
        }

        Assert.True(File.Exists(file), $"{path} is missing: run these tests with MLOPS_UPDATE=1.");
        Assert.Equal(CatalogFixture.Files[path], File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("tasks/azure-devops/images/icon.png")]
    [InlineData("tasks/azure-devops/MlOpsBuild/icon.png")]
    public void An_icon_is_what_the_code_draws(string path)
    {
        var file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable("MLOPS_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, GeneratedFiles.Images[path]);
        }

        Assert.Equal(GeneratedFiles.Images[path], File.ReadAllBytes(file));
    }

    [Fact]
    public void Nothing_is_left_of_a_command_that_is_gone()
    {
        var there = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tasks", "github"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'));

        Assert.Empty(there.Except(CatalogFixture.Files.Keys, StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_catalog_makes_the_same_bytes_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            Assert.Equal(CatalogFixture.Files, GeneratedFiles.Of(CatalogReader.Read(CatalogFixture.Json)));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
