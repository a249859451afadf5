using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>MLOPS4002: making an engine or reading a model takes a thousand times as long as a prediction.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CreatedPerCallAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS4002";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Engine or model created per call",
        "'{0}' {1} {2}, in milliseconds where a prediction takes microseconds. {3}.",
        Category.Serving,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public CreatedPerCallAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var creations = new MethodSet().Add(scope.Symbols.Model, "CreatePredictionEngine");
        var loads = new MethodSet().Add(scope.Symbols.Model, "Load", "LoadWithDataLoader");
        var engines = scope.Symbols.Part(static symbols => new EngineTypes(symbols));
        var registrations = scope.Symbols.Part(static symbols => new Registrations(symbols));
        var frequency = new CallFrequency(scope.Symbols, creations);
        var pool = PerThread.Remedy(scope.Symbols);
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                var isEngine = creations.Contains(call.TargetMethod);
                if (isEngine || loads.Contains(call.TargetMethod))
                {
                    var often = frequency.PerRequest(call, context.ContainingSymbol) ? "for each request"
                        : frequency.PerTurn(call) ? "in each turn of the loop"
                        : null;
                    if (often is not null)
                    {
                        Report(
                            isEngine ? "makes an engine" : "reads the model", often,
                            !isEngine ? "Load the model once and keep it"
                            : often == "for each request" ? pool
                            : "Make the engine once, before the loop");
                    }
                }
                else if (registrations.IsOften(call) && MakesEngine(call))
                {
                    Report("makes an engine", "for each request", pool);
                }

                void Report(string what, string often, string remedy)
                {
                    if (scope.Finding(Rule, call.Syntax, call.TargetMethod.Name, what, often, remedy) is { } finding)
                    {
                        context.ReportDiagnostic(finding);
                    }
                }
            },
            OperationKind.Invocation);

        bool MakesEngine(IInvocationOperation registration)
        {
            foreach (var type in Registrations.Types(registration))
            {
                if (engines.IsEngine(type))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
