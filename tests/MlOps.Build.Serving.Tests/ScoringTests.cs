using System.Net;
using System.Text.Json;

namespace MlOps.Build.Serving.Tests;

public sealed class ScoringTests
{
    [Fact]
    public async Task One_row_is_answered_with_one_object_and_the_digest_of_the_model()
    {
        using var environment = new TestEnvironment();
        var digest = environment.Add(Models.First);
        environment.Deploy(digest);
        await using var service = await TestService.StartAsync(environment);

        using var response = await service.ScoreAsync("""{ "area": 80, "town": "Ulm" }""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(digest, response.Headers.GetValues("X-MlOps-Model").Single());
        Assert.False(response.Headers.Contains("Server"));
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.True(answer.RootElement.GetProperty("value").GetSingle() > 0);
    }
}
