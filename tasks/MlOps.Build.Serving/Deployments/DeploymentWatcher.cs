using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace MlOps.Build.Serving;

/// <summary>
/// Runs the deployment check when the file system hints at a change, and after every poll interval whatever it says:
/// events are lost when folders are replaced, mounted or watched over a network.
/// </summary>
internal sealed class DeploymentWatcher<TInput, TOutput>(
    DeploymentCheck<TInput, TOutput> check, ServingOptions<TInput> options, TimeProvider time) : BackgroundService
    where TInput : class
{
    private readonly Channel<bool> _hints = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>The first look comes before the first request is taken.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Task.Run(() => check.Run(), cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var hint = new FolderHint(check.Folder, () => _hints.Writer.TryWrite(true));
        while (!stoppingToken.IsCancellationRequested)
        {
            hint.Renew();
            await NextAsync(stoppingToken);
            if (!stoppingToken.IsCancellationRequested)
            {
                check.Run();
            }
        }
    }

    /// <summary>Waits for a hint or for the poll interval.</summary>
    private async Task NextAsync(CancellationToken stopping)
    {
        using var round = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var poll = Task.Delay(options.PollInterval, time, round.Token);
        var hint = _hints.Reader.WaitToReadAsync(round.Token).AsTask();
        await Task.WhenAny(poll, hint);
        await round.CancelAsync();
        _hints.Reader.TryRead(out _);
    }
}
