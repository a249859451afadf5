using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using MlOps.Build.Contracts;
using MlOps.Build.Serving;

namespace MlOps.Build.Benchmarks.Serving;

/// <summary>The scoring service in a process of its own, with an echo of the same body beside it.</summary>
internal sealed class ScoringProcess : IDisposable
{
    public const string Verb = "serve";

    private readonly Process _process;

    private ScoringProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<int> ServeAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddMlOpsServing<Trip>(ModelTask.BinaryClassification, options =>
        {
            options.Deployment = folder;
            options.PollInterval = TimeSpan.FromMilliseconds(50);
            options.Sample = Trip.Of<Trip>(1);
        });
        var application = builder.Build();
        application.MapMlOps();
        application.MapPost("/echo", (Trip trip) => trip);
        await application.StartAsync();
        await Console.Out.WriteLineAsync(application.Urls.Single());
        await Console.In.ReadLineAsync();
        await application.StopAsync();
        return 0;
    }

    public static async Task<ScoringProcess> StartAsync(string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ScoringProcess).Assembly.Location);
        }

        start.ArgumentList.Add(Verb);
        start.ArgumentList.Add(folder);
        var process = Process.Start(start)!;
        var url = await process.StandardOutput.ReadLineAsync();
        return new ScoringProcess(process, new Uri(url ?? throw new InvalidOperationException("The service did not start.")).Port);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
