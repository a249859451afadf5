namespace MlOps.Build.Serving.Tests;

public sealed class ServedModelTests
{
    [Fact]
    public void A_retired_model_is_disposed_when_its_last_request_has_ended()
    {
        using var model = new CountingModel();
        Assert.True(model.TryLease());

        model.Release();
        Assert.Equal(0, model.Disposals);
        model.Release();

        Assert.Equal(1, model.Disposals);
    }

    [Fact]
    public void A_disposed_model_takes_no_more_requests()
    {
        using var model = new CountingModel();

        model.Release();

        Assert.False(model.TryLease());
        Assert.Equal(1, model.Disposals);
    }

    [Fact]
    public async Task Leases_taken_by_many_at_once_dispose_once()
    {
        using var model = new CountingModel();
        var requests = Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000 && model.TryLease(); i++)
            {
                model.Release();
            }
        }));

        model.Release();
        await Task.WhenAll(requests);

        Assert.Equal(1, model.Disposals);
    }

    private sealed class CountingModel() : ServedModel<string, string>("sha256:0")
    {
        private int _disposals;

        public int Disposals => _disposals;

        public override string Score(string input) => input;

        public override string[] Score(IReadOnlyList<string> inputs) => [.. inputs];

        protected override void Dispose(bool disposing) => Interlocked.Increment(ref _disposals);
    }
}
