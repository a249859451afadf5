using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>Whether a method maps the predicted class back to its name, and whether it still reads scores by number.</summary>
internal sealed class ScoreUse(MlNetSymbols symbols)
{
    private const string Score = "Score";
    private readonly MethodSet back = symbols.Methods("Microsoft.ML.ConversionsExtensionsCatalog", "MapKeyToValue");
    private readonly MethodSet results = symbols
        .Methods("Microsoft.ML.ModelOperationsCatalog", "CreatePredictionEngine")
        .Add(symbols.Data, "CreateEnumerable");

    /// <summary>True when classes leave the method by name only: their numbers then do not matter.</summary>
    public bool IsByNameOnly(IOperation body)
    {
        var named = false;
        foreach (var operation in body.Descendants())
        {
            switch (operation)
            {
                case IInvocationOperation call when back.Contains(call.TargetMethod):
                    named = true;
                    break;
                case IInvocationOperation call when results.Contains(call.TargetMethod) && ReadsScore(call):
                case ILiteralOperation { ConstantValue.Value: Score } text when !IsDefault(text):
                case IMemberReferenceOperation { Member.Name: Score or "ConfusionMatrix" or "PerClassLogLoss" }:
                    return false;
                default:
                    break;
            }
        }

        return named;
    }

    /// <summary>Evaluate names the column by itself, and its accuracies ask for no numbers.</summary>
    private static bool IsDefault(IOperation text)
    {
        var place = text;
        while (place.Parent is IConversionOperation conversion)
        {
            place = conversion;
        }

        return place.Parent is IArgumentOperation { ArgumentKind: ArgumentKind.DefaultValue };
    }

    private static bool ReadsScore(IInvocationOperation call)
    {
        foreach (var type in call.TargetMethod.TypeArguments)
        {
            foreach (var member in RowMembers.Of(type))
            {
                if (member.Name == Score)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
