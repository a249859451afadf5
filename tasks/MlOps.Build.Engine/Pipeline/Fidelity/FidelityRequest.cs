namespace MlOps.Build.Engine.Pipeline;

/// <summary>What <c>mlops gate fidelity</c> is asked for.</summary>
public sealed record FidelityRequest
{
    public required string ProjectRoot { get; init; }

    /// <summary>How many of the last releases of the history are judged again.</summary>
    public int Last { get; init; } = 5;

    /// <summary>Changes to judge instead, each <c>base..head</c>.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>Shares of the training rows.</summary>
    public IReadOnlyList<double> Shares { get; init; } = [0.01, 0.03, 0.1, 0.3];

    /// <summary>How often each change is judged on samples of one size.</summary>
    public int Repetitions { get; init; } = 5;

    /// <summary>Whether finished trainings with the same inputs may be reused.</summary>
    public bool UseCache { get; init; } = true;
}
