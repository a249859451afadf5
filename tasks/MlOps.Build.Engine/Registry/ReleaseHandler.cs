using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Deployment;

namespace MlOps.Build.Engine.Registry;

/// <summary>Ends a release: the model enters the registry when its verdict allows it, and then people decide.</summary>
public sealed class ReleaseHandler(DeploymentWorld world, RegisterHandler register)
{
    /// <summary>Registers a judged run and says what every environment waits for.</summary>
    /// <param name="run">What the pipeline answered.</param>
    /// <param name="request">How to register it.</param>
    /// <param name="whyNot">Why nothing may enter the registry from this job, or null.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    public async Task<Answer<ReleaseAnswer>> HandleAsync(
        Answer<RunResult> run, RegisterRequest request, string? whyNot, CancellationToken cancellationToken)
    {
        whyNot ??= run.Exit == ExitCode.Ok ? null : $"The verdict is '{run.Document.Verdict.Kind.ToString().ToLowerInvariant()}'.";
        var registration = whyNot is null ? await register.HandleAsync(request, cancellationToken) : null;
        var answer = new ReleaseAnswer
        {
            Run = run.Document,
            Registration = registration,
            NotRegistered = whyNot,
            Environments = registration is null ? [] : await WaitingAsync(registration, cancellationToken),
        };
        return new(answer, run.Exit);
    }

    private async Task<AwaitedDeployment[]> WaitingAsync(Registration registration, CancellationToken cancellationToken)
    {
        var status = await new StatusHandler(world).HandleAsync(cancellationToken);
        return [.. world.Project.Environments.Select(environment => ReleaseSteps.Of(
            environment,
            registration.ModelDigest,
            status.Environments.First(known => known.Name == environment.Name).ChallengerWaitsFor,
            Terms.Of(world.ProjectRoot, world.Project, environment, [])))];
    }
}
