using Microsoft.Extensions.Time.Testing;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Engine.Storage;

namespace MlOps.Build.Engine.Tests.Registry;

internal sealed class LogFixture : IDisposable
{
    public const string Model = "late-flights";

    private readonly TemporaryFolder folder = new();

    public LogFixture() => Log = LogOf(Time);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public RegistryLog Log { get; }

    public static CancellationToken None => CancellationToken.None;

    public static Author Ana { get; } = new("ana", new HostState { Name = "local", RunUrl = null, Actor = "ana" });

    public RegistryLog LogOf(TimeProvider time, IStepProbe? probe = null)
        => new(new FolderStore(folder.Path, time), time, Ana, probe);

    public string EventFile(long seq) => folder.At("models", Model, "events", $"{seq:D10}.json");

    public string HeadFile => folder.At("models", Model, "head.json");

    public Task<RegistryState> AppendAsync(params EventDraft[] drafts) => Log.AppendAsync(Model, _ => drafts, None);

    public Task<EventChain> CheckAsync() => Log.CheckAsync(Model, None);

    /// <summary>A chain of refusals that differ in their comment.</summary>
    public async Task GivenEventsAsync(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            await AppendAsync(Refusal($"comment {i}"));
            Time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    public static EventDraft Refusal(string comment)
        => EventDraft.Of(RegistryEventType.Rejected, new RejectedBody(Digest.Of("model"), "production", comment));

    public void Dispose() => folder.Dispose();
}
