using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>Which types a column can have. Only types of .NET itself and enums are judged: others may be registered.</summary>
internal sealed class ColumnTypes(MlNetSymbols symbols)
{
    private readonly INamedTypeSymbol? registered = symbols.Type("Microsoft.ML.Data.DataViewTypeAttribute");
    private readonly INamedTypeSymbol? offset = symbols.Type("System.DateTimeOffset");
    private readonly INamedTypeSymbol? span = symbols.Type("System.TimeSpan");
    private readonly INamedTypeSymbol? memory = symbols.Type("System.ReadOnlyMemory`1");

    /// <summary>The type of the member when no column can have it.</summary>
    public ITypeSymbol? Refused(ISymbol member)
    {
        var type = RowMembers.TypeOf(member);
        var item = type is IArrayTypeSymbol array ? array.ElementType : type;
        return !IsRegistered(member) && (item is IArrayTypeSymbol || IsRefused(item)) ? type : null;
    }

    public static string Remedy(ITypeSymbol type, bool mayBeLeftOut)
    {
        var change = type switch
        {
            INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
                when nullable.TypeArguments[0].SpecialType is SpecialType.System_Single or SpecialType.System_Double =>
                $"Make it '{nullable.TypeArguments[0].ToDisplayString()}' with NaN for missing",
            { SpecialType: SpecialType.System_Decimal } => "Make it 'float'",
            { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_Char } => "Make it 'string'",
            _ => "Make it a number, bool, string, DateTime, or an array of these",
        };
        return mayBeLeftOut ? change + ", or mark it [NoColumn]" : change;
    }

    private bool IsRefused(ITypeSymbol type) => type.TypeKind == TypeKind.Enum || type.SpecialType switch
    {
        SpecialType.System_Boolean or SpecialType.System_String or SpecialType.System_DateTime
            or SpecialType.System_Single or SpecialType.System_Double
            or SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64
            or SpecialType.System_Byte or SpecialType.System_UInt16 or SpecialType.System_UInt32 or SpecialType.System_UInt64 => false,
        SpecialType.None => IsOfSystem(type) && !IsOtherColumn(type),
        _ => true,
    };

    private bool IsOtherColumn(ITypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type, offset)
        || SymbolEqualityComparer.Default.Equals(type, span)
        || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, memory);

    private static bool IsOfSystem(ITypeSymbol type) => type is INamedTypeSymbol { TypeKind: not TypeKind.Error }
        && type.ContainingNamespace?.ToDisplayString() is "System" or "System.Collections.Generic";

    private bool IsRegistered(ISymbol member)
    {
        foreach (var attribute in member.GetAttributes())
        {
            for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
            {
                if (SymbolEqualityComparer.Default.Equals(type, registered))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
