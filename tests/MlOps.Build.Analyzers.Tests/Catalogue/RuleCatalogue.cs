using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using MlOps.Build.Analyzers.CodeFixes.Reproducibility;
using MlOps.Build.Analyzers.Reproducibility;

namespace MlOps.Build.Analyzers.Tests.Catalogue;

/// <summary>All rules and fixes, found by reflection: a new one is under every check from its first day.</summary>
internal static class RuleCatalogue
{
    public static IReadOnlyList<DiagnosticAnalyzer> Rules { get; } = Instances<DiagnosticAnalyzer>(typeof(UnseededMLContextAnalyzer));

    public static IReadOnlyList<CodeFixProvider> Fixes { get; } = Instances<CodeFixProvider>(typeof(UnseededMLContextFix));

    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
        [.. Rules.SelectMany(rule => rule.SupportedDiagnostics).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    public static IEnumerable<TheoryDataRow<string>> Ids =>
        Descriptors.Select(rule => rule.Id).Distinct(StringComparer.Ordinal).Select(id => new TheoryDataRow<string>(id));

    public static DiagnosticDescriptor Of(string id) => Descriptors.First(rule => rule.Id == id);

    public static bool IsFixable(string id) => Fixes.Any(fix => fix.FixableDiagnosticIds.Contains(id));

    private static T[] Instances<T>(Type neighbour) =>
    [
        .. neighbour.Assembly.GetTypes()
            .Where(type => typeof(T).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => (T)Activator.CreateInstance(type)!),
    ];
}
