using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>Code that computes the values of columns: custom mappings, their factories, and getters of row classes.</summary>
internal sealed class FeatureCode(MlNetSymbols symbols)
{
    private readonly MethodSet mappings = symbols.Methods(
        "Microsoft.ML.CustomMappingCatalog",
        "CustomMapping", "StatefulCustomMapping", "FilterByCustomPredicate", "FilterByStatefulCustomPredicate");

    private readonly MethodSet factories = symbols
        .Methods("Microsoft.ML.Transforms.CustomMappingFactory`2", "GetMapping")
        .Add(symbols.Type("Microsoft.ML.Transforms.StatefulCustomMappingFactory`3"), "GetMapping", "GetStateInitAction");

    private readonly INamedTypeSymbol? noColumn = symbols.Type("Microsoft.ML.Data.NoColumnAttribute");
    private readonly INamedTypeSymbol?[] marks =
    [
        symbols.Type("Microsoft.ML.Data.LoadColumnAttribute"),
        symbols.Type("Microsoft.ML.Data.ColumnNameAttribute"),
        symbols.Type("Microsoft.ML.Data.VectorTypeAttribute"),
        symbols.Type("Microsoft.ML.Data.KeyTypeAttribute"),
    ];

    /// <summary>What the operation computes, in words; null outside of such code.</summary>
    public string? Around(IOperation operation, ISymbol member)
    {
        if (member is IMethodSymbol { OverriddenMethod: { } overridden } && factories.Contains(overridden))
        {
            return member.ContainingType.Name;
        }

        if (member is IMethodSymbol { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: IPropertySymbol property } && IsColumn(property))
        {
            return property.Name;
        }

        for (var outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation && MappingOf(outer) is { } mapping)
            {
                return mapping;
            }
        }

        return null;
    }

    private string? MappingOf(IOperation function)
    {
        foreach (var operation in LocalFlow.Around(function))
        {
            if (operation is IInvocationOperation call && mappings.Contains(call.TargetMethod))
            {
                foreach (var argument in call.Arguments)
                {
                    if (IsPassed(argument.Value, function))
                    {
                        return call.TargetMethod.Name;
                    }
                }
            }
        }

        return null;
    }

    private static bool IsPassed(IOperation value, IOperation function)
    {
        var origin = LocalFlow.Origin(value);
        return (origin is IDelegateCreationOperation creation ? creation.Target : origin) switch
        {
            IAnonymousFunctionOperation lambda => lambda.Syntax == function.Syntax,
            IMethodReferenceOperation named => function is ILocalFunctionOperation local
                && SymbolEqualityComparer.Default.Equals(named.Method, local.Symbol),
            _ => false,
        };
    }

    /// <summary>A property of a class of which at least one member is marked as a column.</summary>
    private bool IsColumn(IPropertySymbol property)
    {
        if (IsOfAnswer(property.ContainingType))
        {
            return false;
        }

        foreach (var member in property.ContainingType.GetMembers())
        {
            if (member is (IPropertySymbol or IFieldSymbol) && IsMarked(member))
            {
                return RowMembers.Of(property.ContainingType).Contains(property) && RowMembers.Attribute(property, noColumn) is null;
            }
        }

        return false;
    }

    /// <summary>A class that takes what a model answers: nothing that it computes is read by one.</summary>
    private bool IsOfAnswer(INamedTypeSymbol type)
    {
        var answers = false;
        foreach (var member in type.GetMembers())
        {
            if (marks[0] is { } loaded && RowMembers.Attribute(member, loaded) is not null)
            {
                return false;
            }

            var column = marks[1] is { } named && RowMembers.Attribute(member, named) is { ConstructorArguments: { Length: > 0 } arguments }
                ? arguments[0].Value as string
                : member.Name;
            answers |= member is IPropertySymbol or IFieldSymbol && column is "Score" or "PredictedLabel" or "Probability";
        }

        return answers;
    }

    private bool IsMarked(ISymbol member)
    {
        foreach (var mark in marks)
        {
            if (mark is not null && RowMembers.Attribute(member, mark) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
