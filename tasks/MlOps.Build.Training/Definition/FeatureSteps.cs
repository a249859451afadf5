using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MlOps.Build.Training;

/// <summary>Feature steps that give the same result for the same rows, whatever order they come in.</summary>
public static class FeatureSteps
{
    /// <summary>
    /// Encodes the members of a row: text one-hot with its values in order, numbers and truth values as floats, in the order
    /// in which the class declares them, concatenated to <see cref="TrainingContext.FeatureColumn"/>. Dates are left out
    /// (derive parts of them as properties), as are row id, group, event time and sensitive members.
    /// </summary>
    /// <typeparam name="TInput">The row.</typeparam>
    /// <exception cref="Contracts.ProblemException">MLO2224: nothing is left to learn from.</exception>
    public static IEstimator<ITransformer> Encode<TInput>(TrainingContext context, params ReadOnlySpan<string> except)
        where TInput : class, new()
    {
        var excluded = except.ToArray();
        var members = RowShape.Of(typeof(TInput)).Features
            .Where(member => !excluded.Contains(member.ColumnName))
            .ToArray();
        RowShape.RefuseNone(members, typeof(TInput));
        return Encode(context, members);
    }

    /// <summary>
    /// As <see cref="Encode{TInput}"/>, then missing values replaced by the mean and every feature scaled: what linear learners need.
    /// </summary>
    /// <typeparam name="TInput">The row.</typeparam>
    public static IEstimator<ITransformer> EncodeScaled<TInput>(TrainingContext context, params ReadOnlySpan<string> except)
        where TInput : class, new()
        => Encode<TInput>(context, except)
            .Append(context.Ml.Transforms.ReplaceMissingValues(
                TrainingContext.FeatureColumn, replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(context.Ml.Transforms.NormalizeMeanVariance(TrainingContext.FeatureColumn));

    private static EstimatorChain<ITransformer> Encode(TrainingContext context, IReadOnlyList<RowMember> members)
    {
        var transforms = context.Ml.Transforms;
        IEnumerable<IEstimator<ITransformer>> Steps()
        {
            foreach (var member in members)
            {
                if (member.ValueType == typeof(string))
                {
                    yield return transforms.Categorical.OneHotEncoding(
                        Encoded(member),
                        member.ColumnName,
                        keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue);
                }
                else if (member.ValueType != typeof(float))
                {
                    yield return transforms.Conversion.ConvertType(Encoded(member), member.ColumnName, DataKind.Single);
                }
            }

            yield return transforms.Concatenate(TrainingContext.FeatureColumn, [.. members.Select(Encoded)]);
        }

        return Steps().Aggregate(new EstimatorChain<ITransformer>(), (chain, step) => chain.Append(step));
    }

    private static string Encoded(RowMember member)
        => member.ValueType == typeof(float) ? member.ColumnName : $"{member.ColumnName}_Encoded";
}
