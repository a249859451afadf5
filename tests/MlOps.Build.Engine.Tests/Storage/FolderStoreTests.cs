using System.Text;
using MlOps.Build.Engine.Storage;
using MlOps.Build.Engine.Tests.Registry;

namespace MlOps.Build.Engine.Tests.Storage;

public sealed class FolderStoreTests : RegistryStoreTests, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    protected override IRegistryStore Open(TimeProvider time) => new FolderStore(folder.Path, time);

    [Fact]
    public async Task Temporary_files_of_a_killed_process_are_no_objects()
    {
        Directory.CreateDirectory(folder.At(".tmp"));
        await File.WriteAllTextAsync(folder.At(".tmp", "left"), "half", CancellationToken.None);

        Assert.Empty(await Open(Time).ListAsync("models/", CancellationToken.None));
        Assert.True(await Open(Time).TryCreateAsync("models/a", new byte[] { 1 }, CancellationToken.None));
    }

    [Fact]
    public async Task A_lease_of_a_process_that_died_on_this_machine_is_free_at_once()
    {
        var record = $$"""
            { "token": 7, "owner": "dead", "machine": "{{Environment.MachineName}}",
              "expiresAt": "2026-11-22T23:00:00+00:00", "released": false }
            """;
        await WriteLeaseAsync(record);
        await File.WriteAllTextAsync(folder.At(".leases", "late.7.alive"), string.Empty, CancellationToken.None);

        await using var lease = await Open(Time)
            .AcquireAsync(new LeaseRequest("late", "ana") { Wait = TimeSpan.Zero }, CancellationToken.None);

        Assert.Equal(8, lease.Token);
    }

    [Fact]
    public async Task A_lease_of_another_machine_is_waited_for_until_its_end()
    {
        await WriteLeaseAsync("""
            { "token": 7, "owner": "far", "machine": "elsewhere",
              "expiresAt": "2026-11-22T12:05:00+00:00", "released": false }
            """);
        var request = new LeaseRequest("late", "ana") { Wait = TimeSpan.Zero };

        await Assert.ThrowsAsync<MlOps.Build.Contracts.ProblemException>(
            () => Open(Time).AcquireAsync(request, CancellationToken.None));
        Time.Advance(TimeSpan.FromMinutes(5));
        await using var lease = await Open(Time).AcquireAsync(request, CancellationToken.None);

        Assert.Equal(8, lease.Token);
    }

    [Fact]
    public async Task An_object_can_be_replaced_while_somebody_reads_it()
    {
        await using var lease = await Open(Time).AcquireAsync(new LeaseRequest("late", "ana"), CancellationToken.None);
        await Open(Time).ReplaceAsync("head.json", Encoding.UTF8.GetBytes("old"), lease, CancellationToken.None);

        await using (var reader = new FileStream(
            folder.At("head.json"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            if (!OperatingSystem.IsWindows())
            {
                await Open(Time).ReplaceAsync("head.json", Encoding.UTF8.GetBytes("new"), lease, CancellationToken.None);
                Assert.Equal("old", await new StreamReader(reader).ReadToEndAsync(CancellationToken.None));
            }
        }

        await Open(Time).ReplaceAsync("head.json", Encoding.UTF8.GetBytes("new"), lease, CancellationToken.None);
        Assert.Equal("new"u8.ToArray(), await Open(Time).ReadAsync("head.json", CancellationToken.None));
    }

    private async Task WriteLeaseAsync(string json)
    {
        Directory.CreateDirectory(folder.At(".leases"));
        await File.WriteAllTextAsync(folder.At(".leases", "late.json"), json, CancellationToken.None);
    }
}
