using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MlOps.Build.Analyzers.Tracking;

/// <summary>MLOPS5001 and MLOPS5003: a training that leaves no record, or whose model nobody registers.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UntrackedTrainingAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule about records.</summary>
    public const string Id = "MLOPS5001";

    /// <summary>The id of the rule about the registry.</summary>
    public const string UnregisteredId = "MLOPS5003";

    private const string Annotations = "MlOps.Build.Annotations.";

    private static readonly DiagnosticDescriptor Untracked = new(
        Id,
        "Training run is not tracked",
        "'{0}' trains a model and records no run, so nobody can say later which data, settings and figures it came from. "
            + "Call a method marked [StartsRun] or [LogsMetrics] with the metrics.",
        Category.Tracking,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    private static readonly DiagnosticDescriptor Unregistered = new(
        UnregisteredId,
        "Model saved but not registered",
        "'{0}' saves a model that no registry knows, so it can be used where nobody sees it and not be rolled back. "
            + "Hand it to a method marked [RegistersModel], or save it to a stream that goes there.",
        Category.Tracking,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + UnregisteredId);

    /// <summary>Makes the rules.</summary>
    public UntrackedTrainingAnalyzer()
        : base(Untracked, Unregistered)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var starts = scope.Symbols.Type(Annotations + "StartsRunAttribute");
        var logs = scope.Symbols.Type(Annotations + "LogsMetricsAttribute");
        var registers = scope.Symbols.Type(Annotations + "RegistersModelAttribute");
        var saves = new MethodSet().Add(scope.Symbols.Model, "Save");
        var trainers = new Trainings(scope.Symbols);
        var handed = new HandedOver(scope.Symbols);
        EntryPoints.Follow(start, scope, (entry, reached, report) =>
        {
            var model = handed.Model(entry, reached);
            if (!reached.Has(starts) && !reached.Has(logs) && trainers.IsIn(reached) && !model && !HandedOver.Metrics(entry, reached)
                && scope.FindingAt(Untracked, entry, entry.Name) is { } finding)
            {
                report(finding);
            }

            foreach (var call in reached.Calls)
            {
                if (saves.Contains(call.TargetMethod) && !reached.Has(registers) && !model
                    && LocalFlow.Argument(call, "filePath") is { } path && !TemporaryPath.Is(path.Value)
                    && scope.Finding(Unregistered, call.Syntax, entry.Name) is { } found)
                {
                    report(found);
                }
            }
        });
    }
}
