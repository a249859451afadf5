using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>What ML.NET sees of a row class: public fields and properties with a public getter, inherited ones too.</summary>
internal static class RowMembers
{
    public static List<ISymbol> Of(ITypeSymbol row)
    {
        var members = new List<ISymbol>();
        var names = new HashSet<string>();
        for (var type = row; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (IsRead(member) && names.Add(member.Name))
                {
                    members.Add(member);
                }
            }
        }

        return members;
    }

    public static ITypeSymbol TypeOf(ISymbol member) =>
        member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;

    /// <summary>The attribute on the member, or on the property that it overrides.</summary>
    public static AttributeData? Attribute(ISymbol member, INamedTypeSymbol? attribute)
    {
        for (var place = member; place is not null; place = (place as IPropertySymbol)?.OverriddenProperty)
        {
            foreach (var data in place.GetAttributes())
            {
                if (SymbolEqualityComparer.Default.Equals(data.AttributeClass, attribute))
                {
                    return data;
                }
            }
        }

        return null;
    }

    private static bool IsRead(ISymbol member) => member is { IsStatic: false, DeclaredAccessibility: Accessibility.Public }
        && (member is IFieldSymbol { IsImplicitlyDeclared: false }
            or IPropertySymbol { IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public });
}
