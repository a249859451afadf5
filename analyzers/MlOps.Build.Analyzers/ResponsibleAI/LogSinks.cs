using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.ResponsibleAI;

/// <summary>Calls that write what they are given where somebody reads it later: logs, traces, the console, metrics.</summary>
internal sealed class LogSinks(MlNetSymbols symbols)
{
    private static readonly string[] Keeping =
        ["Concat", "Format", "Join", "Normalize", "ToLower", "ToLowerInvariant", "ToString", "ToUpper", "ToUpperInvariant", "Trim", "TrimEnd", "TrimStart"];

    private readonly INamedTypeSymbol? extensions = symbols.Type("Microsoft.Extensions.Logging.LoggerExtensions");
    private readonly INamedTypeSymbol? logger = symbols.Type("Microsoft.Extensions.Logging.ILogger");
    private readonly INamedTypeSymbol? message = symbols.Type("Microsoft.Extensions.Logging.LoggerMessageAttribute");
    private readonly INamedTypeSymbol? metrics = symbols.Type("MlOps.Build.Annotations.LogsMetricsAttribute");
    private readonly INamedTypeSymbol? console = symbols.Type("System.Console");
    private readonly INamedTypeSymbol? writer = symbols.Type("System.IO.TextWriter");
    private readonly MethodSet writes = symbols.Methods("System.Console", "Write", "WriteLine")
        .Add(symbols.Type("System.Diagnostics.Trace"), "Write", "WriteLine", "TraceInformation", "TraceWarning", "TraceError")
        .Add(symbols.Type("System.Diagnostics.Debug"), "Write", "WriteLine", "Print")
        .Add(symbols.Type("System.Diagnostics.Activity"), "SetTag", "AddTag", "AddBaggage", "SetBaggage");

    /// <summary>The call that is given the value as it is, as a part of a text or as one of several; null where it goes elsewhere, or something is made of it first.</summary>
    public string? SinkOf(IOperation value)
    {
        var current = value;
        while (current.Parent is { } parent)
        {
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation or IInterpolationOperation or IInterpolatedStringOperation or IInterpolatedStringAppendOperation
                    or IInterpolatedStringHandlerCreationOperation or IInterpolatedStringAdditionOperation or IArrayInitializerOperation or IArrayCreationOperation
                    or ICollectionExpressionOperation or ICoalesceOperation or IArgumentOperation:
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String }:
                case IConditionalOperation choice when choice.Condition != current:
                case IConditionalAccessOperation access when access.WhenNotNull == current:
                    current = parent;
                    break;
                case IInvocationOperation call when IsKept(call):
                    current = call;
                    break;
                case IInvocationOperation call:
                    return call.Instance != current && Writes(call) ? call.TargetMethod.Name : null;
                default:
                    return null;
            }
        }

        return null;
    }

    private static bool IsKept(IInvocationOperation call) =>
        call.TargetMethod.ContainingType.SpecialType == SpecialType.System_String ? Array.IndexOf(Keeping, call.TargetMethod.Name) >= 0
        : call.TargetMethod is { Name: "ToString", Parameters.Length: 0 };

    private bool Writes(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var type = method.ContainingType;
        return Is(type, extensions) || Is(type, logger) || writes.Contains(method)
            || (Is(type, writer) && call.Instance is IPropertyReferenceOperation { Property.ContainingType: { } owner } && Is(owner, console))
            || Has(method, message) || Has(method, metrics);
    }

    private static bool Is(ITypeSymbol type, INamedTypeSymbol? known) => known is not null && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, known);

    private static bool Has(IMethodSymbol method, INamedTypeSymbol? mark) => mark is not null && Schema.RowMembers.Attribute(method, mark) is not null;
}
