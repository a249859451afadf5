using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MlOps.Build.Contracts;

namespace MlOps.Build.Serving;

/// <summary>
/// Compares what <c>deployment.json</c> asks for with what is served, and follows it where that is safe. Looks at
/// content only: times and file system events lie after renames and restores.
/// </summary>
internal sealed partial class DeploymentCheck<TInput, TOutput>(
    ServingState<TInput, TOutput> state,
    IModelLoader<TInput, TOutput> loader,
    ServingOptions<TInput> options,
    IHostEnvironment host,
    TimeProvider time,
    ILogger<DeploymentCheck<TInput, TOutput>> log)
    where TInput : class
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private const long LargestDeployment = 1024 * 1024;

    private byte[]? _settled;
    private byte[]? _failed;
    private TimeSpan _pause;
    private DateTimeOffset _notBefore;
    private string? _servedDigest;

    /// <summary>The environment's folder; empty when none was set.</summary>
    public string Folder { get; } = options.Deployment.Length == 0
        ? string.Empty
        : Path.GetFullPath(Path.Combine(host.ContentRootPath, options.Deployment));

    private string DeploymentFile => Path.Combine(Folder, "deployment.json");

    /// <summary>Looks once. Never throws for what it finds: that becomes the state's reason.</summary>
    public void Run()
    {
        byte[]? content = null;
        try
        {
            content = ReadDeployment();
            if (IsSettled(content) || IsResting(content))
            {
                return;
            }

            Follow(Documents.Parse<DeploymentRecord>(content, DeploymentFile));
            (_settled, _failed) = (content, null);
        }
        catch (ProblemException exception)
        {
            Reject(exception.Problem, content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Reject(ServingProblems.Unreadable(Folder, exception.Message), content);
        }
    }

    private bool IsSettled(byte[] content) => _settled is not null && content.AsSpan().SequenceEqual(_settled);

    /// <summary>What was refused is tried again, because a model folder may still be growing, but ever less often.</summary>
    private bool IsResting(byte[] content) => IsFailed(content) && time.GetUtcNow() < _notBefore;

    private bool IsFailed(byte[]? content) => _failed is not null && content.AsSpan().SequenceEqual(_failed);

    private byte[] ReadDeployment()
    {
        if (!File.Exists(DeploymentFile))
        {
            throw new ProblemException(ServingProblems.NoDeployment(Folder.Length == 0 ? "(not set)" : DeploymentFile));
        }

        // A writer may replace the file while it is open here, also on Windows.
        using var stream = new FileStream(
            DeploymentFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (stream.Length > LargestDeployment)
        {
            throw new ProblemException(ServingProblems.Unreadable(DeploymentFile, $"It has {stream.Length} bytes."));
        }

        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private void Follow(DeploymentRecord deployment)
    {
        var slot = AnsweringSlot.Of(deployment);
        if (slot.Digest == _servedDigest)
        {
            state.Confirm(deployment);
            return;
        }

        var package = ModelPackage.Read(Folder, slot, options.ModelFile);
        state.Swap(loader.Load(package), deployment);
        _servedDigest = slot.Digest;
        LogServing(slot.Digest, deployment.Generation);
    }

    private void Reject(Problem problem, byte[]? content)
    {
        _pause = IsFailed(content)
            ? TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, _pause.Ticks * 2))
            : options.PollInterval;
        _notBefore = time.GetUtcNow() + _pause;
        (_settled, _failed) = (null, content);
        if (state.Reject(problem))
        {
            LogRefused(problem.Code, problem.What, problem.Why, problem.Fix);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Serving model {Digest}, generation {Generation}.")]
    private partial void LogServing(string digest, long generation);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "{Code}: {What} {Why} Fix: {Fix}")]
    private partial void LogRefused(string code, string what, string why, string fix);
}
