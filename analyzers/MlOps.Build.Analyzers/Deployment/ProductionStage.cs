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
            if (word is not null && IsName(word))
            {
                return word.Trim();
            }
        }

        return null;
    }

    /// <summary>Whether a word names production.</summary>
    public static bool IsName(string word) => Array.Exists(Names, name => string.Equals(name, word.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether an enum has a member that names production: it is one of stages.</summary>
    public static bool IsAmong(ITypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol && IsName(member.Name))
            {
                return true;
            }
        }

        return false;
    }
}
