using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOps.Build.Analyzers;

/// <summary>Code marked <c>[Exploration]</c>: nobody repeats or registers what it finds, so it is not asked for seeds and records.</summary>
internal sealed class Exploration(MlNetSymbols symbols)
{
    private readonly INamedTypeSymbol? mark = symbols.Type("MlOps.Build.Annotations.ExplorationAttribute");

    /// <summary>True where the assembly, a type around the code or the method in which it stands is marked.</summary>
    public bool Covers(SyntaxNode node)
    {
        if (mark is null)
        {
            return false;
        }

        if (IsMarked(symbols.Assembly))
        {
            return true;
        }

        for (var place = node; place is not null; place = place.Parent)
        {
            if (place.Parent is TypeDeclarationSyntax type && Declared(type) is { } declared)
            {
                return place is MemberDeclarationSyntax and not BaseTypeDeclarationSyntax && Covers(declared, place) || Covers(declared);
            }
        }

        return false;
    }

    /// <summary>True for what is declared in code that is marked, or is marked itself.</summary>
    public bool Covers(ISymbol declared)
    {
        for (var outer = declared; mark is not null && outer is not null; outer = outer.ContainingSymbol)
        {
            if (IsMarked(outer))
            {
                return true;
            }
        }

        return false;
    }

    private bool Covers(INamedTypeSymbol type, SyntaxNode member)
    {
        foreach (var candidate in type.GetMembers())
        {
            foreach (var place in candidate.DeclaringSyntaxReferences)
            {
                if (place.SyntaxTree == member.SyntaxTree && place.Span == member.Span && IsMarked(candidate))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>By its name: a semantic model only to look at attributes would bind the file again.</summary>
    private INamedTypeSymbol? Declared(TypeDeclarationSyntax type)
    {
        var name = new StringBuilder();
        for (SyntaxNode? place = type; place is not null; place = place.Parent)
        {
            switch (place)
            {
                case TypeDeclarationSyntax inner:
                    var arity = inner.TypeParameterList?.Parameters.Count ?? 0;
                    Before(name, arity == 0 ? inner.Identifier.ValueText : $"{inner.Identifier.ValueText}`{arity}", '+');
                    break;
                case BaseNamespaceDeclarationSyntax space:
                    Before(name, space.Name.ToString(), '.');
                    break;
                default:
                    break;
            }
        }

        return symbols.Assembly.GetTypeByMetadataName(name.ToString());
    }

    private static void Before(StringBuilder name, string outer, char separator)
    {
        if (name.Length > 0)
        {
            name.Insert(0, separator);
        }

        name.Insert(0, outer);
    }

    private bool IsMarked(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, mark))
            {
                return true;
            }
        }

        return false;
    }
}
