using Microsoft.ML;
using Microsoft.ML.Data;

namespace Embeddings;

public class Document
{
    public float[] Vector { get; set; }
    public bool Relevant { get; set; }
}

public class RelevanceTrainer
{
    private readonly MLContext context;

    public RelevanceTrainer(MLContext context) => this.context = context;

    public ITransformer Fit(IReadOnlyCollection<Document> documents)
    {
        var size = documents.First().Vector.Length;
        var schema = SchemaDefinition.Create(typeof(Document));
        schema[nameof(Document.Vector)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, size);
        schema[nameof(Document.Relevant)].ColumnName = "Label";

        var data = context.Data.LoadFromEnumerable(documents, schema);
        return context.BinaryClassification.Trainers
            .LbfgsLogisticRegression(featureColumnName: nameof(Document.Vector))
            .Fit(data);
    }
}
