using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.CodeFixes.Schema;

/// <summary><c>p.Append(x);</c> becomes <c>p = p.Append(x);</c> where p can hold what Append returns.</summary>
internal static class AssignBack
{
    public static SyntaxNode? To(SyntaxNode root, DroppedCall dropped)
    {
        var start = dropped.StartSyntax;
        if (!CanBeWritten(dropped.Start)
            || start.DescendantNodesAndSelf().Any(IsNotJustAName)
            || dropped.Start.Type is not { } kept
            || !dropped.Model.ClassifyConversion(dropped.Call, kept).IsImplicit)
        {
            return null;
        }

        var assignment = SyntaxFactory.AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            start.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space),
            dropped.Call.WithoutLeadingTrivia());
        return root.ReplaceNode(dropped.Call, assignment.WithLeadingTrivia(dropped.Call.GetLeadingTrivia()));
    }

    /// <summary>Writing the expression a second time would call it a second time.</summary>
    private static bool IsNotJustAName(SyntaxNode node) =>
        node is InvocationExpressionSyntax or ElementAccessExpressionSyntax;

    private static bool CanBeWritten(IOperation start) => start switch
    {
        ILocalReferenceOperation { Local: var local } =>
            local is { IsConst: false, IsForEach: false, IsUsing: false, IsFixed: false, RefKind: not RefKind.RefReadOnly },
        IParameterReferenceOperation { Parameter.RefKind: var kind } => kind is RefKind.None or RefKind.Ref or RefKind.Out,
        IFieldReferenceOperation { Field.IsReadOnly: false } => true,
        IPropertyReferenceOperation { Property: { SetMethod: { IsInitOnly: false }, ReturnsByRef: false } } => true,
        _ => false,
    };
}
