using System.Globalization;
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
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(Models.First.Predict(new House { Area = 80, Town = "Ulm" }), (float[])[await ValueAsync(response)]);
    }

    [Fact]
    public async Task Many_rows_are_answered_in_their_order_with_exactly_what_the_scorer_says()
    {
        using var environment = new TestEnvironment();
        environment.Deploy(environment.Add(Models.First));
        await using var service = await TestService.StartAsync(environment);
        var houses = Enumerable.Range(0, 500).Select(i => new House { Area = i * 0.37f, Town = i % 3 == 0 ? "Ulm" : "Bonn" });

        using var response = await service.ScoreAsync(JsonSerializer.Serialize(houses));

        Assert.Equal(Models.First.Predict([.. houses]), await ValuesAsync(response));
    }

    [Fact]
    public async Task No_rows_are_answered_with_no_answers()
    {
        using var environment = new TestEnvironment();
        environment.Deploy(environment.Add(Models.First));
        await using var service = await TestService.StartAsync(environment);

        using var response = await service.ScoreAsync("[]");

        Assert.Equal("[]", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_response_does_not_say_which_server_it_comes_from()
    {
        using var environment = new TestEnvironment();
        environment.Deploy(environment.Add(Models.First));
        await using var service = await TestService.StartAsync(environment);

        using var response = await service.ScoreAsync("[]");

        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public async Task Numbers_are_read_and_written_the_same_in_every_culture(string culture)
    {
        using var environment = new TestEnvironment();
        environment.Deploy(environment.Add(Models.First));
        var before = CultureInfo.DefaultThreadCurrentCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            await using var service = await TestService.StartAsync(environment);

            using var response = await service.ScoreAsync("""{ "area": 80.5, "town": "Ulm" }""");

            Assert.Equal(Models.First.Predict(new House { Area = 80.5f, Town = "Ulm" }), (float[])[await ValueAsync(response)]);
        }
        finally
        {
            CultureInfo.DefaultThreadCurrentCulture = before;
        }
    }

    [Fact]
    public async Task A_missing_number_is_null_and_reaches_the_model_as_it_reached_the_trainer()
    {
        float seen = 0;
        await using var fixture = await VisitFixture.StartAsync(row => seen = row.Area, value => new Answer(value, null));

        using var response = await fixture.Service.ScoreAsync(
            """{ "area": null, "at": "2026-01-31T08:00:00", "towns": 1 }""");

        Assert.True(float.IsNaN(seen));
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task Derived_values_are_computed_in_the_service()
    {
        float seen = 0;
        await using var fixture = await VisitFixture.StartAsync(row => seen = row.Area, value => new Answer(value, null));

        using var response = await fixture.Service.ScoreAsync(
            """{ "area": 100, "at": "2026-01-31T08:00:00", "towns": 1 }""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(108, seen);
    }

    [Fact]
    public async Task An_answer_that_is_no_number_is_an_error_that_health_counts()
    {
        await using var fixture = await VisitFixture.StartAsync(_ => { }, value => new Answer(value, [1, float.NaN]));
        var digest = (await fixture.Service.HealthAsync()).Digest;

        using var response = await fixture.Service.ScoreAsync(
            """[{ "area": 100, "at": "2026-01-31T08:00:00", "towns": 1 }]""");

        using var problem = await ProblemAsync(response, HttpStatusCode.InternalServerError, "MLO2759");
        Assert.Equal("Row 0: 'Shares' is not a finite number.", problem.RootElement.GetProperty("detail").GetString());
        Assert.Equal(digest, response.Headers.GetValues("X-MlOps-Model").Single());
        var health = await fixture.Service.HealthAsync();
        Assert.Equal((1, 1, 0), (health.Requests, health.Errors, health.Rows));
    }

    [Fact]
    public async Task A_step_of_the_project_that_throws_fails_its_request_only()
    {
        var calls = 0;
        await using var fixture = await VisitFixture.StartAsync(
            _ => calls = calls == 0 ? 1 : throw new InvalidOperationException("no such town"), value => new Answer(value, null));

        using var first = await fixture.Service.ScoreAsync("""{ "area": 1, "at": "2026-01-31T08:00:00", "towns": 1 }""");
        using var second = await fixture.Service.ScoreAsync("""{ "area": 1, "at": "2026-01-31T08:00:00", "towns": 1 }""");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var problem = await ProblemAsync(second, HttpStatusCode.InternalServerError, "MLO2759");
        Assert.DoesNotContain("no such town", problem.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await fixture.Service.Client.GetAsync("/mlops/health")).StatusCode);
    }

    internal static async Task<float> ValueAsync(HttpResponseMessage response)
    {
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("value").GetSingle();
    }

    internal static async Task<float[]> ValuesAsync(HttpResponseMessage response)
    {
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return [.. answer.RootElement.EnumerateArray().Select(item => item.GetProperty("value").GetSingle())];
    }

    internal static async Task<JsonDocument> ProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, text);
        Assert.Equal("application/problem+json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var problem = JsonDocument.Parse(text);
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.RootElement.GetProperty("fix").GetString()!);
        return problem;
    }
}
