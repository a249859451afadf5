using System.Text.Json;
using MlOps.Build.Contracts;

namespace MlOps.Build.Serving.Tests;

public sealed class HealthTests
{
    [Fact]
    public async Task Health_names_the_model_and_counts_its_requests()
    {
        using var environment = new TestEnvironment();
        var digest = environment.Add(Models.First);
        environment.Deploy(digest);
        await using var service = await TestService.StartAsync(environment);
        using var one = await service.ScoreAsync("""{ "area": 80, "town": "Ulm" }""");
        using var two = await service.ScoreAsync("""[{ "area": 80, "town": "Ulm" }, { "area": 1, "town": "Ulm" }]""");
        using var bad = await service.ScoreAsync("{}");

        var health = await service.HealthAsync();

        Assert.Equal((HealthStatus.Healthy, "houses", "production", digest), (health.Status, health.Model, health.Environment, health.Digest));
        Assert.Equal((2, 3, 0, 1), (health.Requests, health.Rows, health.Errors, health.Refused));
        Assert.True(health.Latency!.P50 <= health.Latency.P95 && health.Latency.P95 <= health.Latency.P99);
        Assert.Null(health.Reason);
    }

    [Fact]
    public async Task Counters_begin_anew_with_every_model()
    {
        using var environment = new TestEnvironment();
        environment.Deploy(environment.Add(Models.First));
        await using var service = await TestService.StartAsync(environment);
        using var before = await service.ScoreAsync("""{ "area": 80, "town": "Ulm" }""");

        environment.Deploy(environment.Add(Models.Second));

        var health = await service.UntilAsync(health => health.Swaps == 1);
        Assert.Equal((0, 0), (health.Requests, health.Rows));
        Assert.Null(health.Latency);
    }

    [Fact]
    public async Task The_document_is_one_of_the_contracts_with_every_field_written()
    {
        using var environment = new TestEnvironment();
        await using var service = await TestService.StartAsync(environment);

        using var response = await service.Client.GetAsync("/mlops/health");

        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("mlops/health/1", document.RootElement.GetProperty("schema").GetString());
        Assert.Equal("unhealthy", document.RootElement.GetProperty("status").GetString());
        Assert.Equal(
            typeof(HealthRecord).GetProperties().Where(property => !property.GetMethod!.IsStatic)
                .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(),
            document.RootElement.EnumerateObject().Select(property => property.Name).Order());
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public void The_same_refusal_again_is_counted_once_and_keeps_its_time()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var state = new ServingState<House, Price>(time);
        var problem = ServingProblems.NoDeployment("deploy/production/deployment.json");
        var at = time.GetUtcNow();

        Assert.True(state.Reject(problem));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(state.Reject(problem));

        Assert.Equal((1, at), (state.Health().RejectedDeployments, state.Health().Reason!.At));
    }
}
