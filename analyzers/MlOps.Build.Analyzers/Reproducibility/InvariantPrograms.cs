using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>Programs whose culture is the invariant one on every machine, because the project or a line of code says so.</summary>
internal sealed class InvariantPrograms(Compilation compilation)
{
    private const string Culture = "CurrentCulture";

    // Read only when there is something to report.
    private readonly Lazy<bool> assigned = new(() => compilation.SyntaxTrees.Any(IsAssignedIn));

    /// <summary>True where the code gives the current culture the invariant one.</summary>
    public bool SaySo => assigned.Value;

    public static bool SaysTheProject(AnalyzerConfigOptions project) =>
        project.TryGetValue("build_property.InvariantGlobalization", out var said) && bool.TryParse(said, out var isInvariant) && isInvariant;

    private static bool IsAssignedIn(SyntaxTree tree)
    {
        // Most files do not have the word, and their nodes need not be walked.
        if (tree.GetText().ToString().IndexOf(Culture, StringComparison.Ordinal) < 0)
        {
            return false;
        }

        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax { Left: var target, Right: var value }
                && Last(target) is Culture or $"DefaultThread{Culture}"
                && Last(value) is "InvariantCulture")
            {
                return true;
            }
        }

        return false;

        static string? Last(ExpressionSyntax expression) => expression switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            IdentifierNameSyntax name => name.Identifier.ValueText,
            AssignmentExpressionSyntax chained => Last(chained.Right),
            _ => null,
        };
    }
}
