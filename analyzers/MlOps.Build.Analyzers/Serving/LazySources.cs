using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>Files and databases that a view reads each time somebody looks at it.</summary>
internal sealed class LazySources(MlNetSymbols symbols)
{
    private readonly PureSteps pure = symbols.Part(static symbols => new PureSteps(symbols));
    private readonly PipelineSteps pipelines = symbols.Part(static symbols => new PipelineSteps(symbols));
    private readonly MethodSet caches = new MethodSet().Add(symbols.Data, "Cache");
    private readonly MethodSet loads = symbols
        .Methods("Microsoft.ML.TextLoaderSaverCatalog", "LoadFromTextFile")
        .Add(symbols.Type("Microsoft.ML.Data.TextLoader"), "Load")
        .Add(symbols.Type("Microsoft.ML.Data.DatabaseLoader"), "Load");

    private readonly MethodSet extensions = symbols.Methods("Microsoft.ML.DataLoaderExtensions", "Load");
    private readonly INamedTypeSymbol? text = symbols.Type("Microsoft.ML.Data.TextLoader");

    /// <summary>The name of the method that loads; null for data in memory, a cache, or what comes from elsewhere.</summary>
    public string? Of(IOperation data)
    {
        var current = LocalFlow.Origin(data);
        var seen = new HashSet<SyntaxNode>();
        while (seen.Add(current.Syntax))
        {
            var before = current switch
            {
                IMemberReferenceOperation { Instance: { } split } => split,
                IInvocationOperation cached when caches.Contains(cached.TargetMethod) => null,
                IInvocationOperation view when pure.View.Contains(view.TargetMethod) || pure.Split.Contains(view.TargetMethod) =>
                    (LocalFlow.Argument(view, "data") ?? LocalFlow.Argument(view, "input"))?.Value,
                IInvocationOperation { Arguments: { Length: 1 } input } transform when pipelines.TransformOf(transform) is not null =>
                    input[0].Value,
                _ => null,
            };
            if (before is null)
            {
                break;
            }

            current = LocalFlow.Origin(before);
        }

        return current is IInvocationOperation load && (loads.Contains(load.TargetMethod) || IsOfTextLoader(load))
            ? load.TargetMethod.Name
            : null;
    }

    private bool IsOfTextLoader(IInvocationOperation load) =>
        extensions.Contains(load.TargetMethod)
        && LocalFlow.Argument(load, "loader") is { } loader
        && SymbolEqualityComparer.Default.Equals(LocalFlow.Origin(loader.Value).Type, text);
}
