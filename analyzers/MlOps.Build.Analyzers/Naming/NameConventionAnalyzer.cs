using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Naming;

/// <summary>MLOPS9002: the name of a model, an experiment or a metric is written otherwise than the team writes them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NameConventionAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS9002";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Name of a model, experiment or metric breaks the convention",
        "'{0}' does not match {1}, by which {2} is called here, so what belongs together is recorded under several names. {3}.",
        Category.Naming,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: false,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public NameConventionAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var names = new NameConventions(scope.Symbols, scope.Policy);
        if (!names.AreKnown)
        {
            return;
        }

        start.RegisterOperationAction(
            context => Look(((IInvocationOperation)context.Operation).Arguments, context), OperationKind.Invocation);
        start.RegisterOperationAction(
            context => Look(((IObjectCreationOperation)context.Operation).Arguments, context), OperationKind.ObjectCreation);

        void Look(ImmutableArray<IArgumentOperation> arguments, OperationAnalysisContext context)
        {
            foreach (var argument in arguments)
            {
                if (names.Broken(argument) is var (kind, pattern))
                {
                    var name = (string)argument.Value.ConstantValue.Value!;
                    var remedy = names.Proposal(name, kind, pattern) is { } proposal ? $"Write '{proposal}'" : "Choose a name that does";
                    if (scope.Finding(Rule, argument.Value.Syntax, name, pattern, kind == "experiment" ? "an experiment" : "a " + kind, remedy) is { } finding)
                    {
                        context.ReportDiagnostic(finding);
                    }
                }
            }
        }
    }
}
