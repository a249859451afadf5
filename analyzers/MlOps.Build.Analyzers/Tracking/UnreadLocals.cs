using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Tracking;

/// <summary>Locals that are written and never read, wherever in the method.</summary>
internal static class UnreadLocals
{
    /// <summary>False where a part of the method is not understood, or not compiled here: it may be what reads the local.</summary>
    public static bool Is(ILocalSymbol local, IOperation place)
    {
        var body = LocalFlow.Body(place);
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IInvalidOperation
                || (operation is ILocalReferenceOperation reference
                    && SymbolEqualityComparer.Default.Equals(reference.Local, local)
                    && !IsOnlyWritten(reference)))
            {
                return false;
            }
        }

        return !IsNamedWhereNotCompiled(local.Name, body.Syntax);
    }

    private static bool IsOnlyWritten(ILocalReferenceOperation reference) =>
        reference.Parent is ISimpleAssignmentOperation { IsRef: false, Parent: IExpressionStatementOperation } assignment
        && assignment.Target == reference;

    private static bool IsNamedWhereNotCompiled(string name, SyntaxNode body)
    {
        foreach (var trivia in body.DescendantTrivia(descendIntoTrivia: false))
        {
            if (trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.ToString().IndexOf(name, StringComparison.Ordinal) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
