using MlOps.Build.Contracts;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Engine.Tests.Registry;

namespace MlOps.Build.Engine.Tests.Storage.Git;

/// <summary>A command that dies before any of its calls of git, or after it was carried out, and is run again.</summary>
public sealed class GitBranchCrashTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_any_step_a_rerun_leaves_one_event_and_its_blob(bool isCarriedOut)
    {
        using var git = new BranchFixture();
        await git.CreateAsync("a", "b");
        var deaths = 0;
        var isAlive = false;
        while (!isAlive)
        {
            var model = FormattableString.Invariant($"model-{deaths}");
            var dying = new DyingRunner(git.Processes, deaths, isCarriedOut);
            try
            {
                await RegisterAsync(git, dying, model);
                isAlive = true;
            }
            catch (DyingRunner.DeathException)
            {
                deaths++;
            }

            await RegisterAsync(git, git.Processes, model);

            var log = new RegistryLog(git.Open("b"), TimeProvider.System, LogFixture.Ana);
            var chain = await log.CheckAsync(model, None);
            Assert.Null(chain.Fault);
            Assert.Single(chain.Events);
            Assert.False(chain.HeadIsBehind);
            Assert.True(await git.Open("b").HasBlobAsync(Digest.Of(model), None));
        }

        Assert.True(deaths > 15, $"{deaths} steps");
        await git.GitAsync(git.At("a"), "fsck", "--strict");
    }

    private static async Task RegisterAsync(BranchFixture git, IProcessRunner processes, string model)
    {
        var store = git.Open("a", processes: processes);
        using var content = new MemoryStream(BranchFixture.Bytes(model));
        await store.PutBlobAsync(Digest.Of(model), content, None);
        await new RegistryLog(store, TimeProvider.System, LogFixture.Ana)
            .AppendAsync(model, state => state.Head.Seq == 0 ? [LogFixture.Refusal(model)] : [], None);
    }

    /// <summary>Starts so many programs and none after that, like a process that is dead.</summary>
    private sealed class DyingRunner(IProcessRunner processes, int lives, bool isCarriedOut) : IProcessRunner
    {
        private int left = lives;

        public async Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellationToken)
        {
            if (left-- > 0)
            {
                return await processes.RunAsync(request, cancellationToken);
            }

            if (isCarriedOut && left == -1)
            {
                await processes.RunAsync(request, cancellationToken);
            }

            throw new DeathException();
        }

        public sealed class DeathException : Exception;
    }
}
