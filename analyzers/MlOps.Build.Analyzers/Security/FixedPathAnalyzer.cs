using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Security;

/// <summary>MLOPS7002: a path of one machine, or one that climbs out of the folder it starts in, fails on the next machine.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FixedPathAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS7002";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Absolute or upward path for data or model",
        "'{0}' {1}. Read the path from configuration, or start it at AppContext.BaseDirectory.",
        Category.Security,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public FixedPathAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var paths = new PathArguments(scope.Symbols);
        start.RegisterOperationAction(
            context =>
            {
                var arguments = context.Operation is IInvocationOperation call
                    ? call.Arguments
                    : ((IObjectCreationOperation)context.Operation).Arguments;
                foreach (var argument in arguments)
                {
                    if (paths.IsPath(argument))
                    {
                        Judge(argument.Value);
                    }
                }

                void Judge(IOperation value)
                {
                    var values = (value is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : value) switch
                    {
                        IArrayCreationOperation { Initializer.ElementValues: var several } => several,
                        ICollectionExpressionOperation { Elements: var several } => several,
                        _ => ImmutableArray.Create(value),
                    };
                    foreach (var one in values)
                    {
                        if (TextParts.Constant(one) is { } path && FixedPath.Fault(path) is { } fault
                            && scope.Finding(Rule, one.Syntax, path, fault) is { } finding)
                        {
                            context.ReportDiagnostic(finding);
                        }
                    }
                }
            },
            OperationKind.Invocation, OperationKind.ObjectCreation);
    }
}
