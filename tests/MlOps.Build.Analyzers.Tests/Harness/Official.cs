using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace MlOps.Build.Analyzers.Tests.Harness;

/// <summary>Roslyn's own harness: slower, but it knows scopes, pragmas and descriptors as the compiler does.</summary>
internal static class Official<TRule, TFix>
    where TRule : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    public static async Task Mends(string source, string mended, params DiagnosticResult[] expected)
    {
        var test = new CSharpCodeFixTest<TRule, TFix, DefaultVerifier>
        {
            TestCode = source,
            FixedCode = mended,
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
        };
        test.ExpectedDiagnostics.AddRange(expected);
        test.TestState.AdditionalReferences.AddRange(MlNet.With);
        test.SolutionTransforms.Add(
            (solution, project) => solution.WithProjectParseOptions(project, new CSharpParseOptions(LanguageVersion.Latest)));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }
}
