using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>Calls that read a number or a date as the culture of the machine writes it.</summary>
internal sealed class CultureParsing
{
    private readonly MethodSet parsers = new();
    private readonly MethodSet conversions;
    private readonly INamedTypeSymbol? provider;

    public CultureParsing(MlNetSymbols symbols)
    {
        foreach (var type in new[] { "Single", "Double", "Decimal", "Half", "DateTime", "DateTimeOffset", "DateOnly" })
        {
            parsers.Add(symbols.Type("System." + type), "Parse", "TryParse", "ParseExact", "TryParseExact");
        }

        conversions = symbols.Methods("System.Convert", "ToSingle", "ToDouble", "ToDecimal", "ToDateTime");
        provider = symbols.Type("System.IFormatProvider");
    }

    /// <summary>The method that is called, or handed on, without a culture.</summary>
    public IMethodSymbol? Method(IOperation operation)
    {
        var method = operation switch
        {
            IInvocationOperation call when SaysNoCulture(call.Arguments) && !IsOfAllCultures(call) => call.TargetMethod,
            IMethodReferenceOperation { Method: { } handed } when Provider(handed) is null => handed,
            _ => null,
        };
        return method is not null && IsParser(method) ? method : null;
    }

    public IParameterSymbol? Provider(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (SymbolEqualityComparer.Default.Equals(parameter.Type, provider))
            {
                return parameter;
            }
        }

        return null;
    }

    private bool IsParser(IMethodSymbol method) => parsers.Contains(method)
        || (method.Parameters is { Length: > 0 } parameters
            && parameters[0].Type.SpecialType == SpecialType.System_String
            && conversions.Contains(method));

    /// <summary>The standard formats that are written alike everywhere.</summary>
    private static bool IsOfAllCultures(IInvocationOperation call) =>
        LocalFlow.Argument(call, "format")?.Value.ConstantValue is { HasValue: true, Value: "O" or "o" or "R" or "r" or "s" or "u" };

    /// <summary>Null is the culture of the machine too.</summary>
    private bool SaysNoCulture(IReadOnlyList<IArgumentOperation> arguments)
    {
        for (var at = 0; at < arguments.Count; at++)
        {
            if (SymbolEqualityComparer.Default.Equals(arguments[at].Parameter?.Type, provider))
            {
                return arguments[at].Value.ConstantValue is { HasValue: true, Value: null };
            }
        }

        return true;
    }
}
