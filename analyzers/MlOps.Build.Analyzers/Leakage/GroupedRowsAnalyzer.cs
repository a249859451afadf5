using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.Leakage;

/// <summary>MLOPS3005: rows that belong together are torn apart, so the model has met who it is judged by.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GroupedRowsAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS3005";

    /// <summary>The attribute that marks the member.</summary>
    public const string Group = "MlOps.Build.Annotations.GroupKeyAttribute";

    private static readonly string[] CommonNames =
        ["CustomerId", "DeviceId", "HouseholdId", "MachineId", "PatientId", "QueryId", "SessionId", "SubjectId", "UserId"];

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Grouped rows split without samplingKeyColumnName",
        "'{0}' spreads the rows of one '{1}' over both sides{2}, so the model is judged by whom it has learned. "
            + "Pass samplingKeyColumnName: \"{1}\".",
        Category.Leakage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public GroupedRowsAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var splits = new MethodSet()
            .Add(scope.Symbols.Data, "TrainTestSplit", "CrossValidationSplit")
            .Add(scope.Symbols.Type("Microsoft.ML.BinaryClassificationCatalog"), "CrossValidate", "CrossValidateNonCalibrated")
            .Add(scope.Symbols.Type("Microsoft.ML.MulticlassClassificationCatalog"), "CrossValidate")
            .Add(scope.Symbols.Type("Microsoft.ML.RegressionCatalog"), "CrossValidate");
        var rows = scope.Symbols.Part(static symbols => new RowClasses(symbols));
        var marked = scope.Symbols.Type(Group);
        start.RegisterOperationAction(
            context =>
            {
                var split = (IInvocationOperation)context.Operation;
                if (splits.Contains(split.TargetMethod)
                    && LocalFlow.Argument(split, SamplingKeyAnalyzer.Parameter) is { ArgumentKind: ArgumentKind.DefaultValue }
                    && LocalFlow.Argument(split, "data") is { } data && rows.Of(data.Value) is { } row
                    && GroupOf(row, marked, rows) is var (column, severity, why)
                    && scope.Finding(Rule, split.Syntax, severity, [split.TargetMethod.Name, column, why]) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>The column whose equal values belong together: marked, or by a name that says so.</summary>
    internal static (string Column, DiagnosticSeverity Severity, string Why)? GroupOf(INamedTypeSymbol row, INamedTypeSymbol? marked, RowClasses rows)
    {
        string? guessed = null;
        foreach (var member in RowMembers.Of(row))
        {
            if (RowMembers.Attribute(member, marked) is not null && marked is not null)
            {
                return (rows.NameOf(member), DiagnosticSeverity.Warning, string.Empty);
            }

            if (guessed is null && Array.Exists(CommonNames, name => string.Equals(name, member.Name, StringComparison.OrdinalIgnoreCase)))
            {
                guessed = rows.NameOf(member);
            }
        }

        return guessed is null ? null : (guessed, DiagnosticSeverity.Info, " if there are several");
    }
}
