using System.Text.RegularExpressions;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Templates.Tests;

public sealed partial class NameTests(PackedTemplate template)
{
    [Theory]
    [InlineData("Acme.LateFlights", "Acme.LateFlights", "acme-late-flights")]
    [InlineData("my-model", "my_model", "my-model")]
    [InlineData("My Model", "My_Model", "my-model")]
    [InlineData("2nd-try", "_2nd_try", "2nd-try")]
    [InlineData("Flüge", "Flüge", "fl-ge")]
    [InlineData("模型", "模型", "model")]
    public async Task Folders_keep_the_name_code_gets_a_namespace_and_mlops_a_model_name(
        string name, string expectedNamespace, string expectedModel)
    {
        var project = await template.NewAsync(name, "--no-restore");

        var code = project.Texts.Where(file => file.File.EndsWith(".cs", StringComparison.Ordinal));
        var namespaces = code.SelectMany(file => Namespaces().Matches(file.Text)).Select(match => match.Groups[1].Value);
        Assert.All(namespaces, found => Assert.Equal(expectedNamespace, found));
        Assert.True(project.Has($"src/{name}.Model/{name}.Model.csproj"));
        Assert.True(project.Has($"{name}.slnx"));
        Assert.Equal(expectedModel, ConfigurationReader.Read(project.Folder).Model);
    }

    [GeneratedRegex(@"^namespace (.+?)\.(?:Model|Training|Serving|Tests(?:\.Serving)?);", RegexOptions.Multiline)]
    private static partial Regex Namespaces();
}
