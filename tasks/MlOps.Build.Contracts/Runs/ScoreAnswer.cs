namespace MlOps.Build.Contracts;

/// <summary>What <c>mlops score</c> answers.</summary>
public sealed record ScoreAnswer : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/score/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The training run whose model was scored.</summary>
    public required string Run { get; init; }

    /// <summary>Digest of that model's files.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>The predictions, relative to the project root, with <c>/</c>.</summary>
    public required string Predictions { get; init; }

    /// <summary>Digest of the predictions file.</summary>
    public required string PredictionsDigest { get; init; }

    /// <summary>The labels of the same rows, relative to the project root, with <c>/</c>.</summary>
    public required string Labels { get; init; }

    /// <summary>How many rows were scored.</summary>
    public required long Rows { get; init; }

    /// <summary>Whether predictions of the same model, scorer and rows were reused.</summary>
    public required bool Cached { get; init; }
}
