using System.Text.Json;

namespace MlOps.Build.Serving.Tests;

public sealed class OpenApiTests
{
    [Fact]
    public async Task The_document_describes_score_with_both_shapes_the_example_and_the_header()
    {
        using var environment = new TestEnvironment();
        await using var service = await TestService.StartAsync(environment);

        using var document = JsonDocument.Parse(await service.Client.GetStringAsync("/openapi/v1.json"));

        var score = document.RootElement.GetProperty("paths").GetProperty("/score").GetProperty("post");
        var body = score.GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
        var shapes = body.GetProperty("schema").GetProperty("oneOf").EnumerateArray().ToArray();
        Assert.Equal("#/components/schemas/House", shapes[0].GetProperty("$ref").GetString());
        Assert.Equal("#/components/schemas/House", shapes[1].GetProperty("items").GetProperty("$ref").GetString());
        Assert.Equal("""{"area":100,"town":"Ulm"}""", Compact(body.GetProperty("example")));
        var ok = score.GetProperty("responses").GetProperty("200");
        Assert.True(ok.GetProperty("headers").TryGetProperty("X-MlOps-Model", out _));
        Assert.Equal(
            "#/components/schemas/Price",
            ok.GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("oneOf")[0]
                .GetProperty("$ref").GetString());
    }

    [Fact]
    public async Task The_row_is_described_as_strictly_as_it_is_read()
    {
        await using var fixture = await VisitFixture.StartAsync(_ => { }, value => new Answer(value, null));

        using var document = JsonDocument.Parse(await fixture.Service.Client.GetStringAsync("/openapi/v1.json"));

        var row = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("Visit");
        Assert.False(row.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(["area", "at", "towns"], row.GetProperty("required").EnumerateArray().Select(name => name.GetString()).Order());
        var properties = row.GetProperty("properties");
        Assert.Equal(["area", "at", "id", "remark", "towns"], properties.EnumerateObject().Select(name => name.Name).Order());
        Assert.Equal("""["null","number"]""", Compact(properties.GetProperty("area").GetProperty("type")));
        Assert.Equal("integer", properties.GetProperty("towns").GetProperty("type").GetString());
        Assert.Equal("string", properties.GetProperty("at").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Health_is_described_too()
    {
        using var environment = new TestEnvironment();
        await using var service = await TestService.StartAsync(environment);

        using var document = JsonDocument.Parse(await service.Client.GetStringAsync("/openapi/v1.json"));

        var health = document.RootElement.GetProperty("paths").GetProperty("/mlops/health").GetProperty("get");
        Assert.True(health.GetProperty("responses").TryGetProperty("503", out _));
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}
