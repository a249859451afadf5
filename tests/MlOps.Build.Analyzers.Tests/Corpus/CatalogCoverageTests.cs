using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOps.Build.Analyzers.Tests.Corpus;

/// <summary>Every trainer and transform of the packages at hand is used by a program of the corpus.</summary>
public sealed class CatalogCoverageTests
{
    [Fact]
    public void Every_method_of_a_catalog_that_gives_an_estimator_is_used_by_a_program()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var programs = CorpusProgram.Areas().SelectMany(CorpusProgram.Of).Select(program => program.Compiled(cancellation)).ToList();
        var used = programs.SelectMany(program => Used(program, cancellation)).ToHashSet(StringComparer.Ordinal);
        var offered = Offered(programs[0]).ToHashSet(StringComparer.Ordinal);

        Assert.True(offered.Count > 80, "The catalogs were not found.");
        var missing = offered.Where(method => !used.Contains(method)).Order(StringComparer.Ordinal).ToList();
        Assert.True(missing.Count == 0, $"No program uses\n{string.Join('\n', missing)}");
    }

    private static IEnumerable<string> Offered(Compilation compilation) => compilation.References
        .Select(compilation.GetAssemblyOrModuleSymbol)
        .OfType<IAssemblySymbol>()
        .Where(assembly => assembly.Name.StartsWith("Microsoft.ML", StringComparison.Ordinal))
        .SelectMany(assembly => Types(assembly.GlobalNamespace))
        .Where(type => type.DeclaredAccessibility == Accessibility.Public)
        .SelectMany(type => type.GetMembers().OfType<IMethodSymbol>())
        .Where(method => method.DeclaredAccessibility == Accessibility.Public && CatalogOf(method) is not null && IsEstimator(method.ReturnType))
        .Select(Name);

    private static IEnumerable<string> Used(CSharpCompilation program, CancellationToken cancellation)
    {
        var model = program.GetSemanticModel(program.SyntaxTrees[0]);
        return program.SyntaxTrees[0].GetRoot(cancellation).DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Select(call => model.GetSymbolInfo(call, cancellation).Symbol)
            .OfType<IMethodSymbol>()
            .Select(method => (method.ReducedFrom ?? method).OriginalDefinition)
            .Where(method => CatalogOf(method) is not null)
            .Select(Name);
    }

    /// <summary>A trainer made from options counts by itself: rules read its hyperparameters elsewhere.</summary>
    private static string Name(IMethodSymbol method) =>
        $"{CatalogOf(method)!.Name}.{method.Name}{(method.Parameters.Any(parameter => parameter.Name == "options") ? "(options)" : "")}";

    private static INamedTypeSymbol? CatalogOf(IMethodSymbol method) =>
        (method.IsExtensionMethod ? method.Parameters[0].Type : method.ContainingType) is INamedTypeSymbol catalog && IsCatalog(catalog) ? catalog : null;

    private static bool IsCatalog(INamedTypeSymbol type) =>
        type.Name == "TransformsCatalog" || type.ContainingType is { Name: "TransformsCatalog" }
        || type.Name == "CalibratorsCatalog" || type.Name.EndsWith("Trainers", StringComparison.Ordinal);

    private static bool IsEstimator(ITypeSymbol type) => type.AllInterfaces.Any(face => face.Name == "IEstimator");

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(Types));
}
