using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>MLOPS2004: the text loader throws when one member of its row class has no [LoadColumn].</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MissingLoadColumnAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS2004";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Row class member has no [LoadColumn]",
        "'{0}' throws before it reads a row, because [LoadColumn] is missing on {1}. "
            + "Add it with the place in the file, or take the member out of the class.",
        Category.Schema,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public MissingLoadColumnAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var rows = scope.Symbols.Part(static symbols => new TextRows(symbols));
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (rows.RowOf(call) is { } row
                    && rows.WithoutPlace(row) is { Count: > 0 } missing
                    && scope.Finding(Rule, call.Syntax, $"{call.TargetMethod.Name}<{row.Name}>", Names(row, missing)) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    private static string Names(INamedTypeSymbol row, List<ISymbol> members) =>
        string.Join(", ", members.ConvertAll(member => $"'{row.Name}.{member.Name}'"));
}
