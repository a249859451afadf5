using Microsoft.Extensions.Time.Testing;
using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;

namespace MlOps.Build.Engine.Tests.Registry;

/// <summary>A project with keys and a scorer in a temporary folder.</summary>
internal sealed class ReleaseFixture : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ReleaseFixture(TimeProvider? time = null)
    {
        World = new ReleaseWorld(folder.Path, time ?? Time);
        World.Create();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public ReleaseWorld World { get; }

    public string At(params string[] parts) => folder.At(parts);

    public static async Task<Problem> RefusalOf(Func<Task> act)
        => (await Assert.ThrowsAsync<ProblemException>(act)).Problem;

    /// <summary>Asserts that something is refused with exit code 5 and a message that has the words.</summary>
    public static async Task AssertRefused(string code, string words, Func<Task> act)
    {
        var problem = await RefusalOf(act);

        Assert.Equal((code, ExitCode.Refused), (problem.Code, problem.Exit));
        Assert.Contains(words, $"{problem.What} {problem.Why}", StringComparison.Ordinal);
    }

    public async Task<int> EventCountAsync() => (await World.StateAsync()).Events.Count;

    public void Dispose() => folder.Dispose();
}
