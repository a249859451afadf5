namespace MlOps.Build.Contracts;

/// <summary>A JSON document that starts with its schema id, <c>mlops/&lt;name&gt;/&lt;version&gt;</c>.</summary>
public interface IDocument
{
    /// <summary>The schema id this record reads and writes.</summary>
    static abstract string SchemaId { get; }

    /// <summary>The schema id found in the document.</summary>
    string Schema { get; }
}
