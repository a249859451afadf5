using System.Collections.Concurrent;
using System.Net;
using MlOps.Build.Contracts;

namespace MlOps.Build.Serving.Tests;

public sealed class SwapTests
{
    private const string Row = """{ "area": 80, "town": "Ulm" }""";

    private static readonly House House = new() { Area = 80, Town = "Ulm" };

    [Fact]
    public async Task Twenty_swaps_under_load_lose_no_request_and_every_answer_is_its_models()
    {
        using var environment = new TestEnvironment();
        string[] digests = [environment.Add(Models.First), environment.Add(Models.Second)];
        environment.Deploy(digests[0]);
        await using var service = await TestService.StartAsync(environment);
        using var load = new Load(service, clients: 4);

        for (var swap = 1; swap <= 20; swap++)
        {
            environment.Deploy(digests[swap % 2]);
            await service.UntilAsync(health => health.Swaps == swap);
            await load.UntilAnsweredAsync(10);
        }

        var answers = await load.StopAsync();
        Expect(answers, digests);
    }

    [Fact]
    public async Task Renames_removals_and_bad_files_under_load_lose_no_request_and_no_later_deployment()
    {
        using var environment = new TestEnvironment();
        string[] digests = [environment.Add(Models.First), environment.Add(Models.Second)];
        environment.Deploy(digests[0]);
        await using var service = await TestService.StartAsync(environment);
        using var load = new Load(service, clients: 2);

        var broken = environment.Add(TestModel.OfBytes([1, 2, 3]));
        Action[] accidents =
        [
            () => File.WriteAllText(environment.DeploymentFile, "{"),
            () => File.Delete(environment.DeploymentFile),
            () => environment.Deploy(broken),
        ];
        for (var round = 0; round < accidents.Length; round++)
        {
            accidents[round]();
            await service.UntilAsync(health => health.Status == HealthStatus.Degraded);
            await load.UntilAnsweredAsync(10);
            environment.Deploy(digests[(round + 1) % 2]);
            await service.UntilAsync(health => health.Status == HealthStatus.Healthy && health.Swaps == round + 1);
            await load.UntilAnsweredAsync(10);
        }

        var answers = await load.StopAsync();
        Expect(answers, digests);
        Assert.True((await service.HealthAsync()).RejectedDeployments >= accidents.Length);
    }

    [Fact]
    public async Task A_request_that_is_under_way_is_answered_by_the_model_it_began_on()
    {
        using var environment = new TestEnvironment();
        string[] digests = [environment.Add(Models.First), environment.Add(Models.Second)];
        environment.Deploy(digests[0]);
        using var entered = new SemaphoreSlim(0);
        using var leave = new ManualResetEventSlim();
        await using var service = await SlowServiceAsync(environment, entered, leave);
        var underWay = service.ScoreAsync(Row);
        await entered.WaitAsync(TestContext.Current.CancellationToken);

        environment.Deploy(digests[1]);
        await service.UntilAsync(health => health.Swaps == 1);
        leave.Set();

        using var response = await underWay;
        Assert.Equal(digests[0], response.Headers.GetValues("X-MlOps-Model").Single());
        Assert.Equal(Models.First.Predict(House), (float[])[await ScoringTests.ValueAsync(response)]);
    }

    [Fact]
    public async Task A_request_that_is_under_way_is_answered_before_the_service_stops()
    {
        using var environment = new TestEnvironment();
        environment.Deploy(environment.Add(Models.First));
        using var entered = new SemaphoreSlim(0);
        using var leave = new ManualResetEventSlim();
        await using var service = await SlowServiceAsync(environment, entered, leave);
        var underWay = service.ScoreAsync(Row);
        await entered.WaitAsync(TestContext.Current.CancellationToken);

        var stopping = service.StopAsync();
        leave.Set();

        using var response = await underWay;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await stopping;
    }

    private static Task<TestService> SlowServiceAsync(
        TestEnvironment environment, SemaphoreSlim entered, ManualResetEventSlim leave)
        => TestService.StartAsync(builder => builder.AddMlOpsServing<House, House, Price, Price>(
            house =>
            {
                entered.Release();
                leave.Wait(TestContext.Current.CancellationToken);
                return house;
            },
            (price, _) => price,
            options =>
            {
                options.Deployment = environment.Folder;
                options.PollInterval = TimeSpan.FromMilliseconds(20);
            }));

    private static void Expect(ConcurrentBag<(HttpStatusCode Status, string? Digest, float Value)> answers, string[] digests)
    {
        var expected = new Dictionary<string, float>
        {
            [digests[0]] = Models.First.Predict(House)[0],
            [digests[1]] = Models.Second.Predict(House)[0],
        };
        Assert.NotEqual(expected[digests[0]], expected[digests[1]]);
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.All(answers, answer => Assert.Equal(expected[answer.Digest!], answer.Value));
        Assert.Equal(digests.Order(), answers.Select(answer => answer.Digest).Distinct().Order());
    }

    /// <summary>Clients that ask as fast as they are answered and keep every answer.</summary>
    private sealed class Load : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly ConcurrentBag<(HttpStatusCode Status, string? Digest, float Value)> _answers = [];
        private readonly Task[] _clients;

        public Load(TestService service, int clients)
            => _clients = [.. Enumerable.Range(0, clients).Select(_ => Task.Run(() => AskAsync(service)))];

        public async Task UntilAnsweredAsync(int more)
        {
            var wanted = _answers.Count + more;
            while (_answers.Count < wanted && !_clients.Any(client => client.IsCompleted))
            {
                await Task.Delay(1);
            }
        }

        public async Task<ConcurrentBag<(HttpStatusCode Status, string? Digest, float Value)>> StopAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_clients);
            return _answers;
        }

        public void Dispose() => _stop.Dispose();

        private async Task AskAsync(TestService service)
        {
            while (!_stop.IsCancellationRequested)
            {
                using var response = await service.ScoreAsync(Row);
                var digest = response.Headers.TryGetValues("X-MlOps-Model", out var values) ? values.Single() : null;
                var value = response.IsSuccessStatusCode ? await ScoringTests.ValueAsync(response) : float.NaN;
                _answers.Add((response.StatusCode, digest, value));
            }
        }
    }
}
