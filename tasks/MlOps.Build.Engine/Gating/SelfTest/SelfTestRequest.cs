using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Gating;

/// <summary>What <c>mlops gate selftest</c> is asked for.</summary>
public sealed record SelfTestRequest
{
    /// <summary>The project whose policy is tested.</summary>
    public required ProjectConfiguration Configuration { get; init; }

    public required RunStore Runs { get; init; }

    /// <summary>The run whose predictions are changed; null: the newest that was judged.</summary>
    public string? Run { get; init; }

    /// <summary>How many models without a change are judged.</summary>
    public int Repetitions { get; init; } = 200;

    public long Seed { get; init; } = 42;

    /// <summary>Where the certificate is written; null: in the folder of the run.</summary>
    public string? Output { get; init; }
}
