namespace MlOps.Build.Contracts;

/// <summary>
/// What a model reads and answers: <c>model/schema.json</c>, written beside the model file so that a service knows it
/// without loading the model. It holds nothing that differs between two equal trainings.
/// </summary>
public sealed record ModelSchema : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/model-schema/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>What kind of answer it gives.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>The columns of a row, named as in the data.</summary>
    public required ColumnSchema[] Input { get; init; }

    /// <summary>The classes in the order of the scores; empty unless the task is multiclass.</summary>
    public required string[] Classes { get; init; }
}
