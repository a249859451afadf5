using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>The trainers and transforms whose result varies when the MLContext has no seed.</summary>
/// <remarks>Measured on Microsoft.ML 5.0.1: the same data, three runs, no seed. Averaged perceptron, linear SVM,
/// L-BFGS, the tree trainers, LightGBM, naive Bayes and online gradient descent gave the same model each time.</remarks>
internal sealed class SeedSensitiveSteps(MlNetSymbols symbols)
{
    /// <summary>Steps that draw rows; the split of rows is no such step, it is the same on every run.</summary>
    public static readonly string[] Draws = ["ShuffleRows", "BootstrapSample"];

    private readonly MethodSet sdca = symbols.Methods(
        "Microsoft.ML.StandardTrainersCatalog",
        "Sdca", "SdcaLogisticRegression", "SdcaNonCalibrated", "SdcaMaximumEntropy");

    private readonly MethodSet others = symbols
        .Methods("Microsoft.ML.StandardTrainersCatalog", "LdSvm", "SgdCalibrated", "SgdNonCalibrated")
        .Add(symbols.Type("Microsoft.ML.FactorizationMachineExtensions"), "FieldAwareFactorizationMachine")
        .Add(symbols.Type("Microsoft.ML.KMeansClusteringExtensions"), "KMeans")
        .Add(symbols.Type("Microsoft.ML.PcaCatalog"), "RandomizedPca", "ProjectToPrincipalComponents")
        .Add(symbols.Type("Microsoft.ML.KernelExpansionCatalog"), "ApproximatedKernelMap")
        .Add(symbols.Data, Draws);

    public bool IsSdca(IMethodSymbol method) => sdca.Contains(method);

    /// <summary>True when only the seed of the context can make the step repeatable.</summary>
    public bool DependsOnContextSeed(IInvocationOperation call) =>
        sdca.Contains(call.TargetMethod) || (others.Contains(call.TargetMethod) && !HasOwnSeed(call));

    private static bool HasOwnSeed(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name is "seed"
                    ? !Seed.IsAbsent(argument)
                    : InlineOptions.Value(argument, "Seed") is not null)
            {
                return true;
            }
        }

        return false;
    }
}
