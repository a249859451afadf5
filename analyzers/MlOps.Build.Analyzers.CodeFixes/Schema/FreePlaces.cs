using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.CodeFixes.Schema;

/// <summary>Gives each member without [LoadColumn] the first free index behind the member before it.</summary>
internal static class FreePlaces
{
    /// <summary>Null when a member cannot be given an attribute here, or an attribute that is there cannot be read.</summary>
    public static ImmutableArray<(SyntaxNode Member, int Index)>? For(
        INamedTypeSymbol row, TextRows rows, CancellationToken cancellation)
    {
        var used = new HashSet<int>();
        var members = RowMembers.Of(row);
        foreach (var member in members)
        {
            if (RowMembers.Attribute(member, rows.LoadColumn) is { } attribute && !TryUse(attribute, used, out _))
            {
                return null;
            }
        }

        var places = ImmutableArray.CreateBuilder<(SyntaxNode, int)>();
        var next = 0;
        foreach (var member in members)
        {
            if (RowMembers.Attribute(member, rows.LoadColumn) is { } attribute)
            {
                TryUse(attribute, used, out next);
                continue;
            }

            if (Declaration(member, cancellation) is not { } declaration)
            {
                return null;
            }

            while (!used.Add(next))
            {
                next++;
            }

            places.Add((declaration, next++));
        }

        return places.ToImmutable();
    }

    private static bool TryUse(AttributeData attribute, HashSet<int> used, out int next)
    {
        next = 0;
        if (LoadColumns.Of(attribute) is not { } ranges)
        {
            return false;
        }

        foreach (var (first, last) in ranges)
        {
            if (first < 0 || last < first || last - first > 1_000_000)
            {
                return false;
            }

            for (var index = first; index <= last; index++)
            {
                used.Add(index);
            }

            next = last + 1;
        }

        return true;
    }

    private static SyntaxNode? Declaration(ISymbol member, CancellationToken cancellation) =>
        member.DeclaringSyntaxReferences.Length != 1 ? null : member.DeclaringSyntaxReferences[0].GetSyntax(cancellation) switch
        {
            PropertyDeclarationSyntax property => property,
            ParameterSyntax parameter => parameter,
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax field } } =>
                field,
            _ => null,
        };
}
