using System.Text.Json;

namespace MlOps.Build.Catalog.Tests;

public sealed class CatalogReaderTests
{
    [Fact]
    public void Every_command_of_the_pipeline_is_there_and_monitor_is_planned()
    {
        Assert.Equal(
            ["pr", "train", "gate", "report", "release", "attest", "approve", "deploy", "rollback", "status", "doctor"],
            CatalogFixture.Catalog.Shipped.Select(command => command.Name));
        Assert.Equal("monitor", Assert.Single(CatalogFixture.Catalog.Commands, command => command.Planned).Name);
        Assert.DoesNotContain(CatalogFixture.Files, file => file.Key.Contains("/monitor/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"help\": \"The folder with", "\"hlep\": \"The folder with", "hlep")]
    [InlineData("\"name\": \"base\"", "\"name\": \"Base\"", "'Base' is not kebab-case.")]
    [InlineData("\"name\": \"base\"", "\"name\": \"root\"", "'root' is there twice.")]
    [InlineData("\"default\": \"always\"", "\"default\": \"allways\"", "The default of 'comment' is none of its options.")]
    [InlineData("[\"root\", \"mode\"", "[\"rooot\", \"mode\"", "'train' names 'rooot', which is not described.")]
    [InlineData("\"level\": \"read\"", "\"level\": \"admin\"", "asks for 'contents: admin'.")]
    [InlineData("\"type\": \"choice\", \"options\": [\"pr\", \"full\"]", "\"type\": \"string\", \"options\": [\"pr\", \"full\"]", "'mode' is no choice but has options.")]
    [InlineData("\"type\": \"boolean\", \"default\": \"false\"", "\"type\": \"boolean\", \"default\": \"no\"", "neither true nor false")]
    [InlineData("mlops/catalog/1", "mlops/catalog/2", "The schema is 'mlops/catalog/2'")]
    public void A_mistake_in_it_is_named(string right, string wrong, string fault)
    {
        Assert.Contains(right, CatalogFixture.Json, StringComparison.Ordinal);
        var broken = CatalogFixture.Json.Replace(right, wrong, StringComparison.Ordinal);

        var exception = Assert.Throws<JsonException>(() => CatalogReader.Read(broken));

        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_command_but_those_of_an_environment_gets_more_than_it_needs()
    {
        var writers = CatalogFixture.Catalog.Shipped
            .Where(command => command.Permissions.Github.Any(permission => permission is { Level: "write", When: null }));

        Assert.Empty(writers);
    }

    [Fact]
    public void Code_of_a_pull_request_never_meets_a_right_to_write_contents_or_an_identity()
        => Assert.All(
            CatalogFixture.Catalog.Shipped.Where(command => command.Zone is TrustZone.Untrusted or TrustZone.Reporter),
            command => Assert.DoesNotContain(command.Permissions.Github, permission => permission is { Level: "write", Name: not ("pull-requests" or "statuses") }));

    [Theory]
    [InlineData("engine-path", "enginePath", "EnginePath", "Engine path")]
    [InlineData("root", "root", "Root", "Root")]
    public void A_name_is_spelt_as_each_side_wants_it(string name, string camel, string pascal, string label)
    {
        Assert.Equal(camel, CatalogNames.Camel(name));
        Assert.Equal(pascal, CatalogNames.Pascal(name));
        Assert.Equal(label, CatalogNames.Label(name));
    }
}
