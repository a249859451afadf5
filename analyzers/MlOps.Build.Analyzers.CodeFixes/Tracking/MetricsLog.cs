using System.Linq;
using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.CodeFixes.Tracking;

/// <summary>The method marked <c>[LogsMetrics]</c> that code at some place can call with a name and a number.</summary>
internal static class MetricsLog
{
    private const string Mark = "MlOps.Build.Annotations.LogsMetricsAttribute";

    /// <summary><c>run.LogMetric</c>, or null when there is none, or a choice.</summary>
    public static string? At(int position, SemanticModel model)
    {
        if (model.Compilation.GetTypeByMetadataName(Mark) is not { } mark)
        {
            return null;
        }

        var found = model.LookupSymbols(position)
            .Select(symbol => (Symbol: symbol, Call: Call(symbol, position, model, mark)))
            .Where(static pair => pair.Call is not null)
            .ToList();
        var near = found.Where(static pair => pair.Symbol.Kind is SymbolKind.Local or SymbolKind.Parameter).ToList();
        return near.Count == 1 ? near[0].Call : near.Count == 0 && found.Count == 1 ? found[0].Call : null;
    }

    private static string? Call(ISymbol symbol, int position, SemanticModel model, INamedTypeSymbol mark)
    {
        var type = symbol switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            IFieldSymbol field => field.Type,
            IPropertySymbol { IsIndexer: false } property => property.Type,
            _ => null,
        };
        if (symbol is IMethodSymbol own)
        {
            return Takes(own, mark) ? own.Name : null;
        }

        var methods = type is null
            ? []
            : model.LookupSymbols(position, type).OfType<IMethodSymbol>().Where(method => !method.IsStatic && Takes(method, mark)).ToList();
        return methods.Count == 1 ? $"{symbol.Name}.{methods[0].Name}" : null;
    }

    /// <summary>It must answer with nothing: a task would be dropped where it is awaited nowhere.</summary>
    private static bool Takes(IMethodSymbol method, INamedTypeSymbol mark) =>
        method is { ReturnsVoid: true, IsAsync: false, IsGenericMethod: false, Parameters: { Length: >= 2 } parameters }
        && parameters[0] is { RefKind: RefKind.None, Type.SpecialType: SpecialType.System_String }
        && parameters[1] is { RefKind: RefKind.None, Type.SpecialType: SpecialType.System_Double }
        && parameters.Skip(2).All(static parameter => parameter.IsOptional || parameter.IsParams)
        && method.GetAttributes().Any(data => SymbolEqualityComparer.Default.Equals(data.AttributeClass, mark));
}
