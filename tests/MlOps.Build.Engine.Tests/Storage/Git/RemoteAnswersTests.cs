using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Storage.Git;

namespace MlOps.Build.Engine.Tests.Storage.Git;

/// <summary>The words of git and of git hosts.</summary>
public sealed class RemoteAnswersTests
{
    [Theory]
    [InlineData("!\tabc:refs/heads/r\t[rejected] (fetch first)", nameof(RemoteAnswer.Raced))]
    [InlineData("!\tabc:refs/heads/r\t[rejected] (non-fast-forward)", nameof(RemoteAnswer.Raced))]
    [InlineData("!\tabc:refs/heads/r\t[remote rejected] (cannot lock ref 'refs/heads/r': is at 1 but expected 2)", nameof(RemoteAnswer.Raced))]
    [InlineData("!\tabc:refs/heads/r\t[remote rejected] (reference already exists)", nameof(RemoteAnswer.Raced))]
    [InlineData("!\tabc:refs/heads/r\t[remote rejected] (protected branch hook declined)", nameof(RemoteAnswer.Refused))]
    [InlineData("!\tabc:refs/heads/r\t[remote rejected] (push declined due to repository rule violations)", nameof(RemoteAnswer.Refused))]
    [InlineData("!\tabc:refs/heads/r\t[remote rejected] (TF402455: Pushes to this branch are not permitted)", nameof(RemoteAnswer.Refused))]
    [InlineData("!\tabc:refs/heads/r\t[remote rejected] (TF401027: You need the Git 'GenericContribute' permission)", nameof(RemoteAnswer.Refused))]
    [InlineData("fatal: Authentication failed for 'https://github.com/o/r/'", nameof(RemoteAnswer.Forbidden))]
    [InlineData("fatal: could not read Username for 'https://github.com': terminal prompts disabled", nameof(RemoteAnswer.Forbidden))]
    [InlineData("remote: Permission to o/r.git denied to github-actions[bot].", nameof(RemoteAnswer.Forbidden))]
    [InlineData("fatal: unable to access 'https://github.com/o/r/': The requested URL returned error: 403", nameof(RemoteAnswer.Forbidden))]
    [InlineData("remote: Write access to repository not granted.", nameof(RemoteAnswer.Forbidden))]
    [InlineData("git@github.com: Permission denied (publickey).", nameof(RemoteAnswer.Forbidden))]
    [InlineData("remote: TF401019: The Git repository with name or identifier r does not exist or you do not have permissions", nameof(RemoteAnswer.Forbidden))]
    [InlineData("fatal: unable to access 'https://github.com/o/r/': Could not resolve host: github.com", nameof(RemoteAnswer.Unreachable))]
    [InlineData("fatal: unable to access 'https://github.com/o/r/': The requested URL returned error: 503", nameof(RemoteAnswer.Unreachable))]
    [InlineData("fatal: the remote end hung up unexpectedly", nameof(RemoteAnswer.Unreachable))]
    public void A_push_that_failed_is_told_apart(string line, string expected)
        => Assert.Equal(expected, RemoteAnswers.OfPush(Failed(line)).ToString());

    [Theory]
    [InlineData("fatal: couldn't find remote ref refs/heads/mlops-registry", nameof(RemoteAnswer.NoSuchBranch))]
    [InlineData(" ! [rejected]  mlops-registry -> refs/mlops/registry/mlops-registry  (non-fast-forward)", nameof(RemoteAnswer.Rewritten))]
    [InlineData("remote: Repository not found.", nameof(RemoteAnswer.Forbidden))]
    [InlineData("fatal: unable to access 'http://x/': The requested URL returned error: 401", nameof(RemoteAnswer.Forbidden))]
    [InlineData("ssh: connect to host github.com port 22: Connection timed out", nameof(RemoteAnswer.Unreachable))]
    public void A_fetch_that_failed_is_told_apart(string line, string expected)
        => Assert.Equal(expected, RemoteAnswers.OfFetch(Failed(line)).ToString());

    private static ProcessResult Failed(string line)
        => new() { ExitCode = 1, End = ProcessEnd.Exited, Output = "To somewhere\n" + line + "\nDone\n", LastLines = ["To somewhere", line] };
}
