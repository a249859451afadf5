namespace MlOps.Build.Contracts;

/// <summary>What <c>mlops config show</c> and <c>mlops config validate</c> answer.</summary>
public sealed record ConfigurationAnswer : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/config/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The file that was read.</summary>
    public required string File { get; init; }

    /// <summary>Every setting in force.</summary>
    public required ConfigurationSetting[] Settings { get; init; }

    /// <summary>Everything that is wrong with the file.</summary>
    public required ProblemDocument[] Problems { get; init; }
}

/// <summary>A setting in force.</summary>
/// <param name="Path">Dotted path, such as <c>split.holdout</c>.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Line">Its line in the file, or null for a default.</param>
public sealed record ConfigurationSetting(string Path, string Value, int? Line);
