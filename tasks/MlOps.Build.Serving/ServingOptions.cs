namespace MlOps.Build.Serving;

/// <summary>How a scoring service works. Read from the configuration section <c>Mlops</c>; code may change it.</summary>
/// <typeparam name="TInput">What a client sends for one row.</typeparam>
public sealed class ServingOptions<TInput>
    where TInput : class
{
    /// <summary>
    /// The folder of the environment, with <c>deployment.json</c> and <c>models/</c>. A relative path starts at the
    /// content root.
    /// </summary>
    public string Deployment { get; set; } = string.Empty;

    /// <summary>The ML.NET model inside <c>model/</c>.</summary>
    public string ModelFile { get; set; } = "model.zip";

    /// <summary>How often <c>deployment.json</c> is read again when the file system gives no hint.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The most rows one request may carry.</summary>
    public int MaximumRows { get; set; } = 1000;

    /// <summary>The largest request body in bytes.</summary>
    public int MaximumBodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How long a client may take to send its body.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A row a model must be able to answer: it is scored before a model takes over, and it is the example in the
    /// OpenAPI document. Without one, a model is only checked against the input's columns.
    /// </summary>
    public TInput? Sample { get; set; }
}
