using System.Diagnostics.CodeAnalysis;
using MlOps.Build.Contracts;

namespace MlOps.Build.Serving;

/// <summary>What the service serves now. Requests only read it; the deployment check alone changes it.</summary>
internal sealed class ServingState<TInput, TOutput>(TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private Status _status = new(null, null, null, null, 0, 0, null);
    private long _refused;

    /// <summary>The problem that keeps the deployment of now from being served, or null.</summary>
    public HealthReason? Reason => Volatile.Read(ref _status).Reason;

    /// <summary>Leases the model that answers now. Return it with <see cref="ServedModel{TInput,TOutput}.Release"/>.</summary>
    public bool TryLease([NotNullWhen(true)] out ServedModel<TInput, TOutput>? model)
    {
        while ((model = Volatile.Read(ref _status).Model) is not null)
        {
            if (model.TryLease())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A request was refused before a model saw it.</summary>
    public void Refuse() => Interlocked.Increment(ref _refused);

    /// <summary>Lets a model take over; requests on the old one finish there.</summary>
    public void Swap(ServedModel<TInput, TOutput> model, DeploymentRecord deployment)
    {
        var old = _status.Model;
        var swaps = old is null ? _status.Swaps : _status.Swaps + 1;
        Volatile.Write(ref _status, _status with
        {
            Model = model,
            Deployment = deployment,
            Since = time.GetUtcNow(),
            Reason = null,
            Swaps = swaps,
        });
        old?.Release();
    }

    /// <summary>The deployment of now is the one that is served already.</summary>
    public void Confirm(DeploymentRecord deployment)
        => Volatile.Write(ref _status, _status with { Deployment = deployment, Reason = null });

    /// <summary>The deployment of now cannot be served. The same problem again changes nothing.</summary>
    public bool Reject(Problem problem)
    {
        var reason = new HealthReason(problem.Code, problem.What, problem.Why, problem.Fix, time.GetUtcNow());
        if (_status.Reason is { } known && known with { At = reason.At } == reason)
        {
            return false;
        }

        Volatile.Write(ref _status, _status with
        {
            Reason = reason,
            Rejected = _status.Rejected + 1,
            LastRejection = reason,
        });
        return true;
    }

    public HealthRecord Health()
    {
        var status = Volatile.Read(ref _status);
        var model = status.Model;
        var counters = model?.Counters;
        return new HealthRecord
        {
            Status = (model, status.Reason) switch
            {
                (null, _) => HealthStatus.Unhealthy,
                (_, null) => HealthStatus.Healthy,
                _ => HealthStatus.Degraded,
            },
            Reason = status.Reason,
            Model = status.Deployment?.Model,
            Environment = status.Deployment?.Environment,
            Digest = model?.Digest,
            Generation = status.Deployment?.Generation,
            Since = status.Since,
            StartedAt = _startedAt,
            Requests = counters?.Requests ?? 0,
            Rows = counters?.Rows ?? 0,
            Errors = counters?.Errors ?? 0,
            Refused = Volatile.Read(ref _refused),
            Swaps = status.Swaps,
            RejectedDeployments = status.Rejected,
            LastRejection = status.LastRejection,
            Latency = counters?.Latency.Summary(),
        };
    }

    private sealed record Status(
        ServedModel<TInput, TOutput>? Model,
        DeploymentRecord? Deployment,
        DateTimeOffset? Since,
        HealthReason? Reason,
        long Swaps,
        long Rejected,
        HealthReason? LastRejection);
}
