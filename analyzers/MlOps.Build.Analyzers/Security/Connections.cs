using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Security;

/// <summary>Where the code hands over a connection string: DatabaseSource, and the connections of every database.</summary>
internal sealed class Connections(MlNetSymbols symbols)
{
    private readonly INamedTypeSymbol? source = symbols.Type("Microsoft.ML.Data.DatabaseSource");
    private readonly INamedTypeSymbol? connection = symbols.Type("System.Data.Common.DbConnection");
    private readonly INamedTypeSymbol? builder = symbols.Type("System.Data.Common.DbConnectionStringBuilder");

    public bool IsConnectionString(IArgumentOperation argument) => argument is
    {
        Parameter: { Name: "connectionString", Type.SpecialType: SpecialType.System_String, ContainingSymbol: IMethodSymbol constructor },
    } && IsDataSource(constructor.ContainingType);

    public bool IsConnectionString(IPropertyReferenceOperation target) =>
        target.Property is { Name: "ConnectionString", Type.SpecialType: SpecialType.System_String }
        && IsDataSource(target.Property.ContainingType);

    /// <summary>True for a literal inside a connection string, which is judged as a whole.</summary>
    public bool IsJudgedAlready(IOperation literal)
    {
        for (var outer = literal.Parent; outer is not null; outer = outer.Parent)
        {
            switch (outer)
            {
                case IArgumentOperation argument:
                    return IsConnectionString(argument);
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target }:
                    return IsConnectionString(target);
                case IConversionOperation or IParenthesizedOperation or IBinaryOperation:
                case IInterpolatedStringTextOperation or IInterpolatedStringOperation:
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    private bool IsDataSource(ITypeSymbol type)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(candidate, source)
                || SymbolEqualityComparer.Default.Equals(candidate, connection)
                || SymbolEqualityComparer.Default.Equals(candidate, builder))
            {
                return true;
            }
        }

        return false;
    }
}
