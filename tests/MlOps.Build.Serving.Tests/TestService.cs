using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using MlOps.Build.Contracts;

namespace MlOps.Build.Serving.Tests;

/// <summary>A real scoring service on a free port of loopback.</summary>
public sealed class TestService : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TestService(WebApplication application)
    {
        _application = application;
        Client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _application.Services;

    public static Task<TestService> StartAsync(TestEnvironment environment, Action<ServingOptions<House>>? configure = null)
        => StartAsync(builder => builder.AddMlOpsServing<House, Price>(options =>
        {
            options.Deployment = environment.Folder;
            options.PollInterval = TimeSpan.FromMilliseconds(20);
            options.Sample = House.Example;
            configure?.Invoke(options);
        }));

    public static async Task<TestService> StartAsync(Action<WebApplicationBuilder> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        configure(builder);
        var application = builder.Build();
        application.MapMlOps();
        await application.StartAsync();
        return new TestService(application);
    }

    public Task<HttpResponseMessage> ScoreAsync(string json, string contentType = "application/json")
        => Client.PostAsync(
            new Uri("/score", UriKind.Relative),
            new StringContent(json, System.Text.Encoding.UTF8, contentType),
            TestContext.Current.CancellationToken);

    public async Task<HealthRecord> HealthAsync()
    {
        var response = await Client.GetAsync(new Uri("/mlops/health", UriKind.Relative), TestContext.Current.CancellationToken);
        return Documents.Parse<HealthRecord>(await response.Content.ReadAsByteArrayAsync(), "health");
    }

    /// <summary>Looks at the deployment until the service has seen what is wanted.</summary>
    public async Task<HealthRecord> UntilAsync(Predicate<HealthRecord> wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var health = await HealthAsync();
            if (wanted(health))
            {
                return health;
            }

            await Task.Delay(5, limit.Token);
        }
    }

    public Task StopAsync() => _application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
    }
}

/// <summary>The models of all tests, trained once.</summary>
public static class Models
{
    private static readonly Lazy<TestModel> LazyFirst = new(() => TestModel.WithSlope(1));
    private static readonly Lazy<TestModel> LazySecond = new(() => TestModel.WithSlope(3));

    public static TestModel First => LazyFirst.Value;

    public static TestModel Second => LazySecond.Value;
}
