using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.Leakage;

/// <summary>Which rows a view of data holds: those of one source, or of one part of one split.</summary>
internal readonly struct DataIdentity : IEquatable<DataIdentity>
{
    private readonly SyntaxNode? source;
    private readonly ISymbol? holder;
    private readonly ISymbol? part;

    private DataIdentity(SyntaxNode? source, ISymbol? holder, ISymbol? part) => (this.source, this.holder, this.part) = (source, holder, part);

    public bool IsKnown => source is not null || holder is not null;

    /// <summary>The call that made the rows, such as a split or a load; null where a parameter or a field holds them.</summary>
    public SyntaxNode? Source => source;

    public static DataIdentity Of(SyntaxNode source, ISymbol? part = null) => new(source, null, part);

    /// <summary>Rows that a parameter or a field holds, or one part of a split that it holds.</summary>
    public static DataIdentity Of(ISymbol holder, ISymbol? part = null) => new(null, holder, part);

    public bool Equals(DataIdentity other) => source == other.source
        && SymbolEqualityComparer.Default.Equals(holder, other.holder) && SymbolEqualityComparer.Default.Equals(part, other.part);

    public override bool Equals(object? obj) => obj is DataIdentity other && Equals(other);

    public override int GetHashCode() =>
        (source?.GetHashCode() ?? 0) ^ SymbolEqualityComparer.Default.GetHashCode(holder) ^ (31 * SymbolEqualityComparer.Default.GetHashCode(part));
}

/// <summary>Follows data back to where its rows come from, through what changes columns, order or speed and no rows.</summary>
internal sealed class DataOrigins(MlNetSymbols symbols)
{
    private readonly PipelineSteps pipelines = symbols.Part(static symbols => new PipelineSteps(symbols));
    private readonly MethodSet sameRows = new MethodSet().Add(symbols.Data, "Cache", "ShuffleRows");
    private readonly INamedTypeSymbol? parts = symbols.Type("Microsoft.ML.DataOperationsCatalog+TrainTestData");

    /// <summary>Unknown where the method does not show it.</summary>
    public DataIdentity Of(IOperation data)
    {
        var current = LocalFlow.Origin(data);
        while (Before(current) is { } before)
        {
            current = LocalFlow.Origin(before);
        }

        return current switch
        {
            IMemberReferenceOperation { Instance: { } split } part when IsPart(part) => LocalFlow.Origin(split) switch
            {
                IInvocationOperation call => DataIdentity.Of(call.Syntax, part.Member),
                var held => HolderOf(held) is { } holder ? DataIdentity.Of(holder, part.Member) : default,
            },
            IInvocationOperation call => DataIdentity.Of(call.Syntax),
            var held => HolderOf(held) is { } holder ? DataIdentity.Of(holder) : default,
        };
    }

    /// <summary>A parameter or field that always holds the same.</summary>
    private static ISymbol? HolderOf(IOperation value) => value switch
    {
        IParameterReferenceOperation parameter when !LocalFlow.IsEverWritten(parameter) => parameter.Parameter,
        IFieldReferenceOperation { Field.IsReadOnly: true, Instance: null or IInstanceReferenceOperation } field => field.Field,
        _ => null,
    };

    /// <summary>The same rows without Cache and ShuffleRows around them.</summary>
    public IOperation BehindViews(IOperation data)
    {
        var current = LocalFlow.Origin(data);
        while (View(current) is { } before)
        {
            current = LocalFlow.Origin(before);
        }

        return current;
    }

    public bool IsPart(IMemberReferenceOperation reference) =>
        SymbolEqualityComparer.Default.Equals(reference.Member.ContainingType, parts);

    private IOperation? Before(IOperation data)
    {
        if (pipelines.TransformOf(data) is { Arguments: { Length: > 0 } arguments })
        {
            return arguments[0].Value;
        }

        return View(data);
    }

    private IOperation? View(IOperation data) => data is IInvocationOperation call && sameRows.Contains(call.TargetMethod)
        ? LocalFlow.Argument(call, "input")?.Value ?? LocalFlow.Argument(call, "data")?.Value
        : null;
}
