using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Reproducibility;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>MLOPS4007: ML.NET finds its parts and the members of row classes by reflection, and a trimmed program has lost them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrimmedProgramAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS4007";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "ML.NET in a program that is published trimmed",
        "'{0}' fails once this project is published with {1}: what ML.NET looks up by reflection is no longer there. {2}.",
        Category.Serving,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public TrimmedProgramAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        if (Publishing(start.Options.AnalyzerConfigOptionsProvider.GlobalOptions) is not var (property, remedy) || TestProjects.Is(scope.Symbols))
        {
            return;
        }

        var reflecting = new MethodSet()
            .Add(scope.Symbols.Model, "Load", "LoadWithDataLoader")
            .Add(scope.Symbols.Data, "LoadFromEnumerable");
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (reflecting.Contains(call.TargetMethod)
                    && scope.Finding(Rule, call.Syntax, call.TargetMethod.Name, property, remedy) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>The property that breaks ML.NET and the way out; null where the program keeps what ML.NET needs.</summary>
    private static (string Property, string Remedy)? Publishing(AnalyzerConfigOptions project) =>
        Says(project, "PublishAot", "true") ? ("PublishAot", "Publish it without")
        : Says(project, "PublishTrimmed", "true") && !Says(project, "TrimMode", "partial") ? ("PublishTrimmed", "Add <TrimMode>partial</TrimMode> to the project")
        : null;

    private static bool Says(AnalyzerConfigOptions project, string property, string value) =>
        project.TryGetValue($"build_property.{property}", out var said) && said.Trim().Equals(value, StringComparison.OrdinalIgnoreCase);
}
