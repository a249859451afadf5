using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Security;

/// <summary>MLOPS7001: a password in the code is in every clone, package and log of it, for ever.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecretInSourceAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS7001";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Secret in a data source",
        "'{0}' of a data source is written in the code, so everybody who can read a clone or the assembly has it. "
            + "Change it, and read the new one from configuration or a secret store.",
        Category.Security,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public SecretInSourceAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var connections = new Connections(scope.Symbols);
        start.RegisterOperationAction(
            context =>
            {
                foreach (var argument in ((IObjectCreationOperation)context.Operation).Arguments)
                {
                    if (connections.IsConnectionString(argument))
                    {
                        Report(context, scope, argument.Value);
                    }
                }
            },
            OperationKind.ObjectCreation);
        start.RegisterOperationAction(
            context =>
            {
                var assignment = (ISimpleAssignmentOperation)context.Operation;
                if (assignment.Target is IPropertyReferenceOperation target && connections.IsConnectionString(target))
                {
                    Report(context, scope, assignment.Value);
                }
            },
            OperationKind.SimpleAssignment);
        start.RegisterOperationAction(
            context =>
            {
                if (context.Operation.ConstantValue.Value is string text && Secrets.InKeys(text) is { } key
                    && !connections.IsJudgedAlready(context.Operation)
                    && scope.FindingEverywhere(Rule, context.Operation.Syntax, key) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Literal);
    }

    private static void Report(OperationAnalysisContext context, RuleScope scope, IOperation value)
    {
        if (Secrets.InConnection(TextParts.Of(value)) is { } name
            && scope.FindingEverywhere(Rule, value.Syntax, name) is { } finding)
        {
            context.ReportDiagnostic(finding);
        }
    }
}
