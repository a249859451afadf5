using System.Net;
using System.Net.Http.Json;
using LateFlights.Model;
using LateFlights.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using MlOps.Build.Serving;

namespace LateFlights.Tests.Serving;

/// <summary>The scoring service in this process, with the model of the other tests deployed to a temporary folder.</summary>
public sealed class ScoreEndpointTests(TrainedModel model) : IAsyncLifetime
{
    private readonly string _environment = Directory.CreateTempSubdirectory("late-flights-").FullName;
    private WebApplication? _service;
    private HttpClient? _client;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HttpClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        LocalDeployment.Write(_environment, Path.Combine(model.Folder, "model"));
        _service = ScoringService.Create([$"--Mlops:Deployment={_environment}"], builder =>
        {
            builder.Logging.ClearProviders();
            builder.WebHost.UseTestServer();
        });
        await _service.StartAsync(Stop);
        _client = _service.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _service!.DisposeAsync();
        Directory.Delete(_environment, recursive: true);
    }

    [Fact]
    public async Task One_flight_gets_the_answer_that_the_model_gives_in_this_process()
    {
        var response = await Client.PostAsJsonAsync("/score", Request("ORD"), Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await response.Content.ReadFromJsonAsync<FlightPrediction>(Stop);
        Assert.Equal(Answer.Lateness(model.Predict(ScoringService.Sample)), Answer.Lateness(answer!));
    }

    [Fact]
    public async Task Many_flights_get_as_many_answers_in_their_order()
    {
        var response = await Client.PostAsJsonAsync("/score", new[] { Request("ORD"), Request("LAX"), Request("ORD") }, Stop);

        var answers = await response.Content.ReadFromJsonAsync<FlightPrediction[]>(Stop);
        Assert.Equal(3, answers!.Length);
        Assert.Equal(Answer.Lateness(answers[0]), Answer.Lateness(answers[2]));
        Assert.NotEqual(Answer.Lateness(answers[0]), Answer.Lateness(answers[1]));
    }

    [Fact]
    public async Task The_answer_says_which_model_gave_it()
    {
        var response = await Client.PostAsJsonAsync("/score", Request("ORD"), Stop);

        var digest = Assert.Single(response.Headers.GetValues("X-MlOps-Model"));
        Assert.StartsWith("sha256:", digest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flight_without_its_origin_is_refused()
    {
        var response = await Client.PostAsJsonAsync(
            "/score", new { Date = "2001-06-15T17:55:00", Distance = 1846, Destination = "SFO" }, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("origin", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_is_healthy()
    {
        var response = await Client.GetAsync(new Uri("/mlops/health", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static object Request(string origin)
        => new { Date = "2001-06-15T17:55:00", Distance = 1846, Origin = origin, Destination = "SFO" };
}
