using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOps.Build.Analyzers.CodeFixes.Schema;

/// <summary>Writes <c>[LoadColumn(n)]</c> before a member, on a line of its own where its neighbours do so.</summary>
internal static class LoadColumnSyntax
{
    public static SyntaxNode AddTo(SyntaxNode member, int index)
    {
        var bare = member.WithoutLeadingTrivia();
        var gap = Gap(member);
        var marked = bare switch
        {
            MemberDeclarationSyntax declared =>
                declared.WithAttributeLists(declared.AttributeLists.Insert(0, List($"[LoadColumn({index})]", gap))),
            ParameterSyntax parameter =>
                parameter.WithAttributeLists(parameter.AttributeLists.Insert(0, List($"[property: LoadColumn({index})]", gap))),
            _ => bare,
        };
        return marked.WithLeadingTrivia(member.GetLeadingTrivia());
    }

    /// <summary>Parsed, not built: what is built is laid out anew by the formatter, whatever the neighbours look like.</summary>
    private static AttributeListSyntax List(string text, SyntaxTriviaList gap) =>
        SyntaxFactory.ParseMemberDeclaration(text + " int x;")!.AttributeLists[0].WithTrailingTrivia(gap);

    private static SyntaxTriviaList Gap(SyntaxNode member)
    {
        var neighbour = member.Parent?.ChildNodes().OfType<MemberDeclarationSyntax>()
            .FirstOrDefault(static other => other.AttributeLists.Count > 0);
        var end = neighbour?.AttributeLists.Last().GetTrailingTrivia()
            .FirstOrDefault(static part => part.IsKind(SyntaxKind.EndOfLineTrivia));
        return end is { } line && line.IsKind(SyntaxKind.EndOfLineTrivia)
            ? [line, .. member.GetLeadingTrivia().Reverse().TakeWhile(static part => part.IsKind(SyntaxKind.WhitespaceTrivia))]
            : [SyntaxFactory.Space];
    }
}
