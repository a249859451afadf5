using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>Who can name a member.</summary>
internal static class Visibility
{
    /// <summary>True for what another assembly can use.</summary>
    public static bool IsPublic(ISymbol symbol)
    {
        for (var outer = symbol; outer is not (null or INamespaceSymbol); outer = outer.ContainingSymbol)
        {
            if (outer.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }
}
