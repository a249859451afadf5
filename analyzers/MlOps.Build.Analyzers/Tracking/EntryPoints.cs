using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MlOps.Build.Analyzers.Tracking;

/// <summary>Methods marked <c>[TrainingEntryPoint]</c>, each with all that it reaches in its type, once the type is read.</summary>
internal static class EntryPoints
{
    public const string Mark = "MlOps.Build.Annotations.TrainingEntryPointAttribute";

    /// <summary>Calls back for each entry point; registers nothing where nothing can be marked.</summary>
    public static void Follow(CompilationStartAnalysisContext start, RuleScope scope, Action<IMethodSymbol, Reached, Action<Diagnostic>> look)
    {
        if (scope.Symbols.Type(Mark) is not { } mark)
        {
            return;
        }

        start.RegisterSymbolStartAction(
            type =>
            {
                var entries = new List<IMethodSymbol>();
                foreach (var member in ((INamedTypeSymbol)type.Symbol).GetMembers())
                {
                    if (member is IMethodSymbol method && Reached.IsMarked(method, mark))
                    {
                        entries.Add(method);
                    }
                }

                if (entries.Count == 0)
                {
                    return;
                }

                var bodies = new ConcurrentDictionary<IMethodSymbol, IOperation>(SymbolEqualityComparer.Default);
                type.RegisterOperationBlockAction(block =>
                {
                    if (block.OwningSymbol is IMethodSymbol method && !block.OperationBlocks.IsEmpty)
                    {
                        bodies[method] = block.OperationBlocks[0];
                    }
                });
                type.RegisterSymbolEndAction(end =>
                {
                    foreach (var entry in entries)
                    {
                        look(entry, Reached.From(entry, bodies), end.ReportDiagnostic);
                    }
                });
            },
            SymbolKind.NamedType);
    }
}
