using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>Rows that a text loader reads into a class: their columns of real numbers, and where the data goes in the same method.</summary>
internal sealed class LoadedRows(MlNetSymbols symbols)
{
    private readonly PureSteps pure = symbols.Part(static symbols => new PureSteps(symbols));

    private readonly MethodSet loads = symbols
        .Methods("Microsoft.ML.DataLoaderExtensions", "Load")
        .Add(symbols.Type("Microsoft.ML.Data.TextLoader"), "Load");

    private readonly INamedTypeSymbol? columnName = symbols.Type("Microsoft.ML.Data.ColumnNameAttribute");

    /// <summary>The columns of real numbers.</summary>
    public IEnumerable<string> Reals(INamedTypeSymbol row)
    {
        foreach (var member in RowMembers.Of(row))
        {
            if (IsReal(member))
            {
                yield return NameOf(member);
            }
        }
    }

    public bool IsReal(INamedTypeSymbol row, string column)
    {
        foreach (var member in RowMembers.Of(row))
        {
            if (NameOf(member) == column)
            {
                return IsReal(member);
            }
        }

        return false;
    }

    private string NameOf(ISymbol member) =>
        RowMembers.Attribute(member, columnName) is { ConstructorArguments: { Length: 1 } name } && name[0].Value is string given
            ? given
            : member.Name;

    /// <summary>Follows views and splits of the data back to the call that reads it.</summary>
    public bool IsFrom(IOperation data, IInvocationOperation load)
    {
        var current = LocalFlow.Origin(data);
        var seen = new HashSet<SyntaxNode>();
        while (seen.Add(current.Syntax))
        {
            var before = current switch
            {
                IMemberReferenceOperation { Instance: { } split } => split,
                IInvocationOperation view when pure.View.Contains(view.TargetMethod) || pure.Split.Contains(view.TargetMethod) =>
                    (LocalFlow.Argument(view, "data") ?? LocalFlow.Argument(view, "input"))?.Value,
                IInvocationOperation read when loads.Contains(read.TargetMethod) =>
                    read.Instance ?? LocalFlow.Argument(read, "loader")?.Value,
                _ => null,
            };
            if (before is null)
            {
                break;
            }

            current = LocalFlow.Origin(before);
        }

        return current.Syntax == load.Syntax;
    }

    private static bool IsReal(ISymbol member)
    {
        var type = RowMembers.TypeOf(member);
        var item = type is IArrayTypeSymbol array ? array.ElementType : type;
        return item.SpecialType is SpecialType.System_Single or SpecialType.System_Double;
    }
}
