using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Security;

/// <summary>MLOPS7004: a text that is put into a query can end it and begin another one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BuiltSqlAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS7004";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "SQL for training built by concatenation",
        "'{0}' is put into the SQL as text, so whoever sets it can change the query and the training data. "
            + "Read from a view or a stored procedure with a fixed text, for DatabaseSource has no parameters.",
        Category.Security,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public BuiltSqlAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var source = scope.Symbols.Type("Microsoft.ML.Data.DatabaseSource");
        var text = new ForeignText(scope.Symbols);
        start.RegisterOperationAction(
            context =>
            {
                var creation = (IObjectCreationOperation)context.Operation;
                if (!SymbolEqualityComparer.Default.Equals(creation.Type, source))
                {
                    return;
                }

                foreach (var argument in creation.Arguments)
                {
                    if (argument.Parameter?.Name == "commandText" && text.In(argument.Value) is { } part
                        && scope.Finding(Rule, argument.Value.Syntax, part.Syntax.ToString()) is { } finding)
                    {
                        context.ReportDiagnostic(finding);
                    }
                }
            },
            OperationKind.ObjectCreation);
    }
}
