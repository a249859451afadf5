using Microsoft.CodeAnalysis.Testing;
using MlOps.Build.Analyzers.CodeFixes.Reproducibility;
using MlOps.Build.Analyzers.CodeFixes.Schema;
using MlOps.Build.Analyzers.Reproducibility;
using MlOps.Build.Analyzers.Schema;
using MlOps.Build.Analyzers.Tests.Harness;

namespace MlOps.Build.Analyzers.Tests;

/// <summary>Roslyn's own test harness agrees: the fixes hold in every fix-all scope, and suppression works.</summary>
public sealed class ConformanceTests
{
    [Fact]
    public Task The_seed_fix_passes_the_official_harness() => Official<UnseededMLContextAnalyzer, UnseededMLContextFix>.Mends(
        """
        using Microsoft.ML;

        class C
        {
            object A() => {|#0:new MLContext()|}.Regression.Trainers.Sdca();
            object B() => {|#1:new MLContext(null)|}.Regression.Trainers.Sdca();
        #pragma warning disable MLOPS1001 // a demonstration
            object D() => new MLContext().Regression.Trainers.Sdca();
        #pragma warning restore MLOPS1001
        }
        """,
        """
        using Microsoft.ML;

        class C
        {
            object A() => new MLContext(seed: 1).Regression.Trainers.Sdca();
            object B() => new MLContext(seed: 1).Regression.Trainers.Sdca();
        #pragma warning disable MLOPS1001 // a demonstration
            object D() => new MLContext().Regression.Trainers.Sdca();
        #pragma warning restore MLOPS1001
        }
        """,
        DiagnosticResult.CompilerWarning("MLOPS1001").WithLocation(0).WithArguments("'Sdca' gives another model on each run"),
        DiagnosticResult.CompilerWarning("MLOPS1001").WithLocation(1).WithArguments("'Sdca' gives another model on each run"));

    [Fact]
    public Task The_fix_of_a_dropped_step_passes_the_official_harness() => Official<DroppedResultAnalyzer, DroppedResultFix>.Mends(
        """
        using Microsoft.ML;

        class C
        {
            void M(MLContext ml, IEstimator<ITransformer> p)
            {
                [|p.Append(ml.Transforms.CopyColumns("A", "B"))|];
                var own = ml.Transforms.CopyColumns("A", "B");
                [|own.Append(ml.Transforms.Concatenate("C", "D"))|];
            }
        }
        """,
        """
        using Microsoft.ML;

        class C
        {
            void M(MLContext ml, IEstimator<ITransformer> p)
            {
                p = p.Append(ml.Transforms.CopyColumns("A", "B"));
                var own = ml.Transforms.CopyColumns("A", "B").Append(ml.Transforms.Concatenate("C", "D"));
            }
        }
        """);
}
