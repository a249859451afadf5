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

    private DataIdentity(SyntaxNode? source, ISymbol? holder) => (this.source, this.holder) = (source, holder);

    public bool IsKnown => source is not null || holder is not null;

    /// <summary>The call that made the rows, such as a split or a load; null where a parameter or a field holds them.</summary>
    public SyntaxNode? Source => source;

    public static DataIdentity Of(SyntaxNode? source, ISymbol? holder = null) => new(source, holder);

    public bool Equals(DataIdentity other) => source == other.source && SymbolEqualityComparer.Default.Equals(holder, other.holder);

    public override bool Equals(object? obj) => obj is DataIdentity other && Equals(other);

    public override int GetHashCode() => (source?.GetHashCode() ?? 0) ^ SymbolEqualityComparer.Default.GetHashCode(holder);
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
            IMemberReferenceOperation { Instance: { } split } part when IsPart(part) && LocalFlow.Origin(split) is IInvocationOperation call =>
                DataIdentity.Of(call.Syntax, part.Member),
            IInvocationOperation call => DataIdentity.Of(call.Syntax),
            IParameterReferenceOperation parameter when !LocalFlow.IsEverWritten(parameter) => DataIdentity.Of(null, parameter.Parameter),
            IFieldReferenceOperation { Field.IsReadOnly: true, Instance: null or IInstanceReferenceOperation } field =>
                DataIdentity.Of(null, field.Field),
            _ => default,
        };
    }

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
