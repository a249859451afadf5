using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>Calls that read text into a row class: <c>LoadFromTextFile&lt;T&gt;</c> and <c>CreateTextLoader&lt;T&gt;</c>.</summary>
internal sealed class TextRows(MlNetSymbols symbols)
{
    private readonly MethodSet loads = symbols.Methods(
        "Microsoft.ML.TextLoaderSaverCatalog", "LoadFromTextFile", "CreateTextLoader");

    public INamedTypeSymbol? LoadColumn { get; } = symbols.Type("Microsoft.ML.Data.LoadColumnAttribute");

    /// <summary>The class of the rows; null for another call, and in generic code, where the class is not known.</summary>
    public INamedTypeSymbol? RowOf(IInvocationOperation call) =>
        call.TargetMethod.TypeArguments is { Length: 1 } types
        && types[0] is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } row
        && loads.Contains(call.TargetMethod)
            ? row
            : null;

    /// <summary>The members that the loader refuses because it is not told their place in the file.</summary>
    public List<ISymbol> WithoutPlace(INamedTypeSymbol row)
    {
        var members = RowMembers.Of(row);
        members.RemoveAll(member => RowMembers.Attribute(member, LoadColumn) is not null);
        return members;
    }
}
