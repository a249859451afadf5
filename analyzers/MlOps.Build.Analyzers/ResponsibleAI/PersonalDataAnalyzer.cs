using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Leakage;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.ResponsibleAI;

/// <summary>MLOPS8002: what identifies a person is written to a log, or learned by a model.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PersonalDataAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS8002";

    private const string Mark = "MlOps.Build.Annotations.PersonalDataAttribute";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Personal data logged or used as a feature",
        "'{0}' is marked [PersonalData], and '{1}' {2}. {3}.",
        Category.ResponsibleAI,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public PersonalDataAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        // Nothing can be marked where the attribute is not known.
        if (scope.Symbols.Type(Mark) is not { } mark)
        {
            return;
        }

        var logs = new LogSinks(scope.Symbols);
        start.RegisterOperationAction(
            context =>
            {
                if (Told(context.Operation) is { } told && IsMarked(told, mark)
                    && logs.SinkOf(context.Operation) is { } sink
                    && scope.FindingEverywhere(
                        Rule, context.Operation.Syntax, told.Name, sink, "writes it where it outlives the row", "Leave it out, or log a keyed hash of it") is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.PropertyReference,
            OperationKind.FieldReference,
            OperationKind.ParameterReference);

        var pipelines = scope.Symbols.Part(static symbols => new PipelineSteps(symbols));
        var pure = scope.Symbols.Part(static symbols => new PureSteps(symbols));
        var features = new PersonalFeatures(scope.Symbols);
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (pure.Append.Contains(call.TargetMethod)
                    && LocalFlow.Argument(call, "estimator") is { } added
                    && pipelines.Of(added.Value) is { Count: 1 } trainer && TrainerColumns.Features(trainer[0]) is { } column
                    && pipelines.Of(call) is { } steps)
                {
                    var isProtected = scope.Policy.Says(call.Syntax.SyntaxTree, Id, "hash_is_protection", fallback: false);
                    Look(context, scope, features.Behind(steps, column, isProtected), trainer[0], mark);
                }
            },
            OperationKind.Invocation);
    }

    private static void Look(OperationAnalysisContext context, RuleScope scope, IReadOnlyList<FeatureSource> sources, IInvocationOperation trainer, INamedTypeSymbol mark)
    {
        if (sources.Count == 0)
        {
            return;
        }

        var rows = scope.Symbols.Part(static symbols => new RowClasses(symbols));
        var read = rows.ReadIn(LocalFlow.Body(trainer));
        foreach (var source in sources)
        {
            if (MemberOf(source, read, rows) is { } member && IsMarked(member, mark)
                && scope.FindingEverywhere(
                    Rule, source.Word, member.Name, trainer.TargetMethod.Name, "learns from it, so that it can be read out of the model and cannot be deleted there", "Take it out of the features") is { } finding)
            {
                context.ReportDiagnostic(finding);
            }
        }
    }

    private static ISymbol? MemberOf(FeatureSource source, List<INamedTypeSymbol> read, RowClasses rows)
    {
        if (source.Member is { } named && rows.NameOf(named) == source.Column)
        {
            return named;
        }

        foreach (var row in read)
        {
            if (rows.Column(row, source.Column) is { } member)
            {
                return member;
            }
        }

        return null;
    }

    private static ISymbol? Told(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation property => property.Property,
        IFieldReferenceOperation field => field.Field,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private static bool IsMarked(ISymbol told, INamedTypeSymbol mark) => RowMembers.Attribute(told, mark) is not null;
}
