using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.Leakage;

/// <summary>The class whose members are the columns of some data, where it was read in the same method and nothing was added since.</summary>
internal sealed class RowClasses(MlNetSymbols symbols)
{
    private readonly PureSteps pure = symbols.Part(static symbols => new PureSteps(symbols));
    private readonly MethodSet loads = symbols.Methods("Microsoft.ML.TextLoaderSaverCatalog", "LoadFromTextFile").Add(symbols.Data, "LoadFromEnumerable");
    private readonly INamedTypeSymbol? columnName = symbols.Type("Microsoft.ML.Data.ColumnNameAttribute");

    public INamedTypeSymbol? Of(IOperation data)
    {
        var current = LocalFlow.Origin(data);
        while (current is IInvocationOperation view && pure.View.Contains(view.TargetMethod)
            && (LocalFlow.Argument(view, "input") ?? LocalFlow.Argument(view, "data")) is { } before)
        {
            current = LocalFlow.Origin(before.Value);
        }

        return current is IInvocationOperation { TargetMethod: { TypeArguments: { Length: 1 } types } method } && loads.Contains(method)
            && types[0] is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } row
                ? row
                : null;
    }

    /// <summary>The classes that the method reads rows into.</summary>
    public System.Collections.Generic.List<INamedTypeSymbol> ReadIn(IOperation body)
    {
        var found = new System.Collections.Generic.List<INamedTypeSymbol>();
        foreach (var operation in body.Descendants())
        {
            if (operation is IInvocationOperation call && loads.Contains(call.TargetMethod) && Of(call) is { } row)
            {
                found.Add(row);
            }
        }

        return found;
    }

    /// <summary>The column that a member is.</summary>
    public string NameOf(ISymbol member) =>
        RowMembers.Attribute(member, columnName) is { ConstructorArguments: { Length: 1 } given } && given[0].Value is string own ? own : member.Name;

    /// <summary>The member behind a column; null where the class has none of that name.</summary>
    public ISymbol? Column(INamedTypeSymbol row, string column)
    {
        foreach (var member in RowMembers.Of(row))
        {
            if (NameOf(member) == column)
            {
                return member;
            }
        }

        return null;
    }
}
