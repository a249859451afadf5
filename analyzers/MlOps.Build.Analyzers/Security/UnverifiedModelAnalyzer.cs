using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Security;

/// <summary>MLOPS7003: a model that came over the network is as good as whoever stands at the other end.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnverifiedModelAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS7003";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Model loaded from an unverified place",
        "'{0}' loads what came over the network unchecked, and a model decides what is answered and which assemblies are loaded. "
            + "Compare its SHA-256 with that of the registry first.",
        Category.Security,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public UnverifiedModelAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var loads = new MethodSet().Add(scope.Symbols.Model, "Load", "LoadWithDataLoader");
        var downloads = new Downloads(scope.Symbols);
        var checks = new Verification(scope.Symbols);
        start.RegisterOperationAction(
            context =>
            {
                var load = (IInvocationOperation)context.Operation;
                if (loads.Contains(load.TargetMethod)
                    && (LocalFlow.Argument(load, "stream") is { } stream
                        ? downloads.IsContent(stream.Value)
                        : LocalFlow.Argument(load, "filePath") is { } path && downloads.IsFile(path.Value))
                    && !checks.MayHappen(load, context.ContainingSymbol)
                    && scope.Finding(Rule, load.Syntax, load.TargetMethod.Name) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }
}
