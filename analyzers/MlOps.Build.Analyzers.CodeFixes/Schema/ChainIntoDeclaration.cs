using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.CodeFixes.Schema;

/// <summary><c>var p = A(); p.Append(x);</c> becomes <c>var p = A().Append(x);</c>.</summary>
/// <remarks>Append returns another type than A(), so p, declared with var, cannot take it later. Only neighbours are
/// joined: between other statements the move could change what runs when.</remarks>
internal static class ChainIntoDeclaration
{
    public static SyntaxNode? To(SyntaxNode root, DroppedCall dropped, CancellationToken cancellation)
    {
        if (dropped.Start is not ILocalReferenceOperation { Local: var local }
            || dropped.Call.Parent is not ExpressionStatementSyntax statement
            || Before(statement) is not LocalDeclarationStatementSyntax declaration
            || declaration.Declaration is not { Type.IsVar: true, Variables: { Count: 1 } variables }
            || !SymbolEqualityComparer.Default.Equals(dropped.Model.GetDeclaredSymbol(variables[0], cancellation), local)
            || variables[0].Initializer is not { } initializer
            || Mentions(dropped.Call, local.Name) != 1)
        {
            return null;
        }

        if (Comments(declaration.GetTrailingTrivia()) && Comments(statement.GetTrailingTrivia()))
        {
            return null;
        }

        var value = initializer.Value.WithoutTrailingTrivia();
        var chained = dropped.Call
            .ReplaceNode(dropped.StartSyntax, Receiver(value, dropped).WithTriviaFrom(dropped.StartSyntax))
            .WithTriviaFrom(initializer.Value);
        var joined = declaration
            .ReplaceNode(initializer.Value, chained)
            .WithLeadingTrivia(Comments(statement.GetLeadingTrivia())
                ? Joined(declaration.GetLeadingTrivia(), statement.GetLeadingTrivia())
                : declaration.GetLeadingTrivia())
            .WithTrailingTrivia(Comments(declaration.GetTrailingTrivia())
                ? declaration.GetTrailingTrivia()
                : statement.GetTrailingTrivia())
            .WithAdditionalAnnotations(Formatter.Annotation);
        SyntaxNode leaving = statement.Parent is GlobalStatementSyntax global ? global : statement;
        var tracked = root.TrackNodes(declaration, leaving);
        tracked = tracked.RemoveNode(tracked.GetCurrentNode(leaving)!, SyntaxRemoveOptions.KeepNoTrivia)!;
        return tracked.ReplaceNode(tracked.GetCurrentNode(declaration)!, joined);
    }

    private static int Mentions(SyntaxNode call, string name) =>
        call.DescendantNodes().OfType<IdentifierNameSyntax>().Count(node => node.Identifier.ValueText == name);

    private static bool Comments(SyntaxTriviaList trivia) =>
        trivia.Any(static part => !part.IsKind(SyntaxKind.WhitespaceTrivia) && !part.IsKind(SyntaxKind.EndOfLineTrivia));

    /// <summary>The lines above the first statement, then those above the second, with one indentation at the end.</summary>
    private static SyntaxTriviaList Joined(SyntaxTriviaList first, SyntaxTriviaList second) =>
        [.. first.Reverse().SkipWhile(static part => part.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse(),
         .. second.SkipWhile(static part => part.IsKind(SyntaxKind.EndOfLineTrivia))];

    private static ExpressionSyntax Receiver(ExpressionSyntax value, DroppedCall dropped) =>
        dropped.StartSyntax.Parent is MemberAccessExpressionSyntax && value is not (InvocationExpressionSyntax
            or MemberAccessExpressionSyntax or IdentifierNameSyntax or ObjectCreationExpressionSyntax
            or ParenthesizedExpressionSyntax)
            ? SyntaxFactory.ParenthesizedExpression(value)
            : value;

    private static StatementSyntax? Before(StatementSyntax statement)
    {
        switch (statement.Parent)
        {
            case BlockSyntax block:
                var index = block.Statements.IndexOf(statement);
                return index > 0 ? block.Statements[index - 1] : null;
            case GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global:
                var place = unit.Members.IndexOf(global);
                return place > 0 ? (unit.Members[place - 1] as GlobalStatementSyntax)?.Statement : null;
            default:
                return null;
        }
    }
}
