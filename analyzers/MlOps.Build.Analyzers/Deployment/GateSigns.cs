using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Deployment;

/// <summary>What may be a gate. Wide on purpose: a gate that is not recognised would be a wrong report.</summary>
internal static class GateSigns
{
    private static readonly string[] Checks =
    [
        "Ensure", "Require", "Check", "Verif", "Validat", "Assert", "Guard", "Throw", "Gate",
        "Approv", "Refuse", "Demand", "Judge", "Must", "Expect", "FailIf", "StopIf",
    ];

    private static readonly string[] Decisions = ["Verdict", "Gate", "Metric", "Approv", "Certificate", "Evaluation", "Result", "Decision", "Report"];
    private static readonly string[] Records = ["Log", "Write", "Print", "Trace", "Record", "Save"];
    private static readonly string[] Ways = ["Roll", "Revert", "Restore", "Undo"];

    /// <summary>False only for conditions that look at nothing but texts, stages and whether there is something to do.</summary>
    public static bool MayJudge(IOperation condition)
    {
        // `deployer?.Promote(...)`: whether there is a deployer says nothing of the model.
        if (condition is IIsNullOperation { Syntax: { Parent: ConditionalAccessExpressionSyntax access } owner } && access.Expression == owner)
        {
            return false;
        }

        foreach (var part in condition.DescendantsAndSelf())
        {
            var judges = part switch
            {
                IInvocationOperation call => !IsAboutTexts(call),
                IPropertyReferenceOperation property => property.Property.Name is not ("Length" or "Count" or "Current" or "IsCancellationRequested"),
                ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IFlowCaptureReferenceOperation =>
                    !IsUsedOnly(part) && !IsTextOrStage(part.Type),
                IArrayElementReferenceOperation element => !IsTextOrStage(element.Type),
                IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison =>
                    IsWord(comparison.LeftOperand) || IsWord(comparison.RightOperand),
                IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IInvalidOperation => true,
                _ => false,
            };
            if (judges)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A call before this one that may throw where the gate says no.</summary>
    public static bool IsAfterCheck(IInvocationOperation promotion)
    {
        foreach (var operation in LocalFlow.Around(promotion))
        {
            if (operation.Syntax.SpanStart < promotion.Syntax.SpanStart && operation switch
            {
                IInvocationOperation call when IsOfArguments(call.TargetMethod) => false,
                IInvocationOperation call => Has(call.TargetMethod.Name, Checks) || Has(call.TargetMethod.ContainingType.Name, Checks) || IsShownFindings(call),
                IObjectCreationOperation creation => Has(creation.Type?.Name, Checks),
                IDynamicInvocationOperation or IInvalidOperation => true,
                _ => false,
            })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where the deployment is shown a verdict or metrics: it decides itself.</summary>
    public static bool IsShownDecision(IInvocationOperation promotion)
    {
        foreach (var argument in promotion.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.Explicit
                && (Has(argument.Parameter?.Name, Decisions) || Has(argument.Parameter?.Type.Name, Decisions)
                    || Has((argument.Value is IConversionOperation conversion ? conversion.Operand : argument.Value).Type?.Name, Decisions)))
            {
                return true;
            }
        }

        return Has(promotion.TargetMethod.Name, Checks) || (promotion.Instance?.Type is { } owner && Has(owner.Name, Checks));
    }

    /// <summary>The way back to a version that was judged before.</summary>
    public static bool IsWayBack(IMethodSymbol method) => Has(method.Name, Ways);

    /// <summary>A method that is given metrics or a verdict may throw where they are bad; what only writes them does not.</summary>
    private static bool IsShownFindings(IInvocationOperation call)
    {
        if (Has(call.TargetMethod.Name, Records) || call.TargetMethod.ContainingType.Name is "Console")
        {
            return false;
        }

        foreach (var argument in call.Arguments)
        {
            if (Has((argument.Value is IConversionOperation conversion ? conversion.Operand : argument.Value).Type?.Name, Decisions))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an argument is there, and whether somebody has given up waiting, says nothing of the model.</summary>
    private static bool IsOfArguments(IMethodSymbol method) => method switch
    {
        { Name: "ThrowIfNull" or "ThrowIfNullOrEmpty" or "ThrowIfNullOrWhiteSpace", ContainingType.ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => true,
        { Name: "ThrowIf", ContainingType: { Name: "ObjectDisposedException", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } } => true,
        { Name: "ThrowIfCancellationRequested", ContainingType.Name: "CancellationToken" } => true,
        _ => false,
    };

    /// <summary>A fixed text that is no stage: "pass" is a verdict, and so may be any other word.</summary>
    private static bool IsWord(IOperation operand) =>
        operand.ConstantValue is { HasValue: true, Value: string { Length: > 0 } word } && !ProductionStage.IsName(word);

    private static bool IsAboutTexts(IInvocationOperation call) =>
        call.TargetMethod is { Name: "MoveNext" or "MoveNextAsync" or "ConfigureAwait" } or { ContainingType.SpecialType: SpecialType.System_String }
        || call.TargetMethod.ContainingType is { Name: "File" or "Directory", ContainingNamespace: { Name: "IO", ContainingNamespace.Name: "System" } };

    /// <summary>The owner of a member is judged by the member.</summary>
    private static bool IsUsedOnly(IOperation reference) => reference.Parent switch
    {
        IPropertyReferenceOperation property => property.Instance == reference,
        IInvocationOperation call => call.Instance == reference,
        _ => false,
    };

    private static bool IsTextOrStage(ITypeSymbol? type) => type switch
    {
        { SpecialType: SpecialType.System_String or SpecialType.System_Char } => true,
        { TypeKind: TypeKind.Enum } => ProductionStage.IsAmong(type),
        IArrayTypeSymbol array => array.ElementType.SpecialType == SpecialType.System_String,
        _ => false,
    };

    private static bool Has(string? name, string[] words) =>
        name is not null && Array.Exists(words, word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}
