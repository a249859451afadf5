using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Deployment;

/// <summary>The stage that users meet, as deployments name it.</summary>
internal static class ProductionStage
{
    private static readonly string[] Names = ["prod", "production", "live"];

    /// <summary>The argument that names production, as a text or as a member of an enum; null without one.</summary>
    public static string? Of(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            var value = LocalFlow.Origin(argument.Value);
            var word = value switch
            {
                IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum } field } => field.Name,
                { ConstantValue: { HasValue: true, Value: string text } } => text,
                _ => null,
            };
            if (word is not null && Array.Exists(Names, name => string.Equals(name, word.Trim(), StringComparison.OrdinalIgnoreCase)))
            {
                return word.Trim();
            }
        }

        return null;
    }
}
