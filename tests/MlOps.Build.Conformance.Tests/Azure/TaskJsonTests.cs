using System.Text.Json.Nodes;
using MlOps.Build.Pipeline.Tests;
using NJsonSchema;

namespace MlOps.Build.Conformance.Tests.Azure;

/// <summary>task.json against Microsoft's schema, and against what the schema does not say.</summary>
public sealed class TaskJsonTests
{
    private static readonly string File = Path.Combine(Repository.Root, "tasks", "azure-devops", "MlOpsBuild", "task.json");

    private static readonly JsonObject Task = JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsObject();

    [Fact]
    public async Task It_holds_the_official_schema()
        => Assert.Empty(await FaultsAsync(Task.ToJsonString()));

    [Theory]
    [InlineData("\"enginePath\"", "\"engine-path\"")]
    [InlineData("\"pickList\"", "\"choice\"")]
    [InlineData("\"restricted\"", "\"closed\"")]
    [InlineData("\"Node24\"", "\"Node99\"")]
    [InlineData("\"Azure Pipelines\"", "\"Machine learning\"")]
    public async Task The_schema_is_alive(string right, string wrong)
    {
        var text = Task.ToJsonString().Replace("\"mode\":\"any\"", "\"mode\":\"restricted\"", StringComparison.Ordinal);
        Assert.Contains(right, text, StringComparison.Ordinal);

        Assert.NotEmpty(await FaultsAsync(text.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Fact]
    public void Everything_is_there_that_the_schema_forgets_to_ask_for()
    {
        Assert.True(Guid.TryParse((string?)Task["id"], out _));
        Assert.Equal("MlOpsBuild", (string?)Task["name"]);
        Assert.InRange(((string)Task["friendlyName"]!).Length, 1, 40);
        Assert.Equal(["Node20_1", "Node24"], Task["execution"]!.AsObject().Select(handler => handler.Key));
        Assert.All(Task["execution"]!.AsObject(), handler => Assert.Equal("launcher/main.mjs", (string?)handler.Value!["target"]));
        Assert.NotNull(Task["minimumAgentVersion"]);
    }

    [Fact]
    public void A_line_in_a_log_can_set_the_outputs_and_no_other_variable()
    {
        var outputs = Task["outputVariables"]!.AsArray().Select(output => (string?)output!["name"]);

        Assert.Equal(outputs, Task["restrictions"]!["settableVariables"]!["allowed"]!.AsArray().Select(name => (string?)name));
    }

    [Fact]
    public void An_input_is_shown_for_commands_that_exist()
    {
        var commands = Inputs().Single(input => (string?)input["name"] == "command")["options"]!.AsObject().Select(option => option.Key).ToArray();

        var rules = Inputs().Select(input => (string?)input["visibleRule"]).OfType<string>().SelectMany(rule => rule.Split(" || ")).ToArray();

        Assert.NotEmpty(rules);
        Assert.All(rules, rule => Assert.Contains(rule.Replace("command = ", string.Empty, StringComparison.Ordinal), commands));
    }

    [Fact]
    public void No_input_asks_the_agent_to_make_a_path_of_nothing_or_keeps_a_secret()
        => Assert.All(Inputs(), input => Assert.True((string?)input["type"] is "string" or "boolean" or "pickList", input.ToJsonString()));

    private static IEnumerable<JsonObject> Inputs() => Task["inputs"]!.AsArray().Select(input => input!.AsObject());

    private static async Task<IReadOnlyList<string>> FaultsAsync(string json)
    {
        var schema = await JsonSchema.FromFileAsync(
            Path.Combine(Repository.Root, "tests", "MlOps.Build.Conformance.Tests", "contracts", "azure-devops", "task.schema.json"), TestContext.Current.CancellationToken);
        return [.. schema.Validate(json).Select(error => $"{error.Path}: {error.Kind}")];
    }
}
