using Microsoft.ML;
using Microsoft.ML.Data;

namespace Approval;

public sealed record GateSettings(double LeastAuc, double MostLogLoss);

public sealed class Gate(MLContext ml, GateSettings settings)
{
    public bool Passes(ITransformer candidate, ITransformer current, IDataView test)
    {
        var fresh = ml.BinaryClassification.Evaluate(candidate.Transform(test));
        var old = ml.BinaryClassification.Evaluate(current.Transform(test));
        return fresh.AreaUnderRocCurve >= settings.LeastAuc
            && fresh.LogLoss <= settings.MostLogLoss
            && fresh.AreaUnderRocCurve >= old.AreaUnderRocCurve - 0.005;
    }

    public void Publish(ITransformer candidate, DataViewSchema schema, IDataView test, string path)
    {
        var metrics = ml.BinaryClassification.Evaluate(candidate.Transform(test));
        if (metrics.F1Score >= 0.8)
        {
            ml.Model.Save(candidate, schema, path);
        }
    }
}
