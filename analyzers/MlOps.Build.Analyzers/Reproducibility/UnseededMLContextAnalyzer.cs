using System;
using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>MLOPS1001: an MLContext without a seed makes seed-sensitive trainers give another model on each run.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnseededMLContextAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS1001";

    private const string Title = "MLContext has no seed";

    private const string Message =
        "{0} because this MLContext has no seed, so two trainings on the same data cannot be compared. "
        + "Write 'new MLContext(seed: 1)'.";

    private const string Page = RulePages.RulePageBaseUrl + Id;

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        Title,
        Message,
        Category.Reproducibility,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Page);

    private static readonly DiagnosticDescriptor RuleAcrossTypes = new(
        Id,
        Title,
        Message,
        Category.Reproducibility,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Page,
        customTags: [WellKnownDiagnosticTags.CompilationEnd]);

    private static readonly DiagnosticDescriptor ManyThreads = new(
        Id,
        Title,
        "'{0}' on several threads may give another model on each run even with a seed. "
            + "Pass options with 'NumberOfThreads = 1'.",
        Category.Reproducibility,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Page);

    /// <summary>Makes the rule.</summary>
    public UnseededMLContextAnalyzer()
        : base(Rule, RuleAcrossTypes, ManyThreads)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var tracker = new ContextTracker(scope.Symbols);
        var everywhere = new ContextGraph();
        var undecided = new ConcurrentBag<Birth>();
        start.RegisterSymbolStartAction(
            type => FollowInside(type, scope, tracker, everywhere, undecided), SymbolKind.NamedType);
        start.RegisterCompilationEndAction(end =>
        {
            foreach (var birth in undecided)
            {
                // Where no code trains, a context that was handed over, as to a container of services, is there to serve.
                var story = everywhere.Follow(birth.Step, static _ => true);
                story.IsForServing = !everywhere.Trains;
                Report(end.ReportDiagnostic, scope, RuleAcrossTypes, birth, story);
            }
        });
        RegisterThreads(start, scope);
    }

    private static void FollowInside(
        SymbolStartAnalysisContext type,
        RuleScope scope,
        ContextTracker tracker,
        ContextGraph everywhere,
        ConcurrentBag<Birth> undecided)
    {
        var inside = new ContextGraph();
        var births = new ConcurrentBag<Birth>();
        type.RegisterOperationAction(
            context =>
            {
                if (tracker.Holder(context.Operation) is { } holder)
                {
                    inside.Add(holder, tracker.Next(context.Operation, context.ContainingSymbol));
                }
            },
            OperationKind.LocalReference, OperationKind.ParameterReference, OperationKind.FieldReference,
            OperationKind.PropertyReference, OperationKind.Invocation);
        type.RegisterOperationAction(
            context =>
            {
                var creation = (IObjectCreationOperation)context.Operation;
                if (SymbolEqualityComparer.Default.Equals(creation.Type, scope.Symbols.Context) && Seed.IsAbsent(creation))
                {
                    births.Add(new Birth(creation.Syntax, tracker.Next(creation, context.ContainingSymbol)));
                }
            },
            OperationKind.ObjectCreation);
        type.RegisterSymbolEndAction(end =>
        {
            foreach (var birth in births)
            {
                var story = inside.Follow(birth.Step, holder => StaysIn((INamedTypeSymbol)end.Symbol, holder));
                if ((story.LeavesType || story.Uses.HasFlag(ContextUse.Escapes)) && story.SensitiveTo is null)
                {
                    undecided.Add(birth);
                }
                else
                {
                    Report(end.ReportDiagnostic, scope, Rule, birth, story);
                }
            }

            everywhere.Add(inside);
        });
    }

    private static void Report(
        Action<Diagnostic> report, RuleScope scope, DiagnosticDescriptor rule, Birth birth, ContextStory story)
    {
        if (story.OnlyServes && scope.Policy.Says(birth.Node.SyntaxTree, Id, "training_only", fallback: true))
        {
            return;
        }

        var (severity, cause) = story.SensitiveTo is { } step
            ? (DiagnosticSeverity.Warning, $"'{step}' {(Array.IndexOf(SeedSensitiveSteps.Draws, step) < 0 ? "gives another model" : "draws other rows")} on each run")
            : (DiagnosticSeverity.Info, "A trainer may give another model on each run");
        if (scope.Finding(rule, birth.Node, severity, [cause]) is { } finding)
        {
            report(finding);
        }
    }

    /// <summary>True when no code outside the type can read the holder; nested types see what is private to the outer one.</summary>
    private static bool StaysIn(INamedTypeSymbol type, ISymbol holder) =>
        SymbolEqualityComparer.Default.Equals(holder.ContainingType, type)
        && (holder.Kind is SymbolKind.Local or SymbolKind.Parameter
            || (holder.DeclaredAccessibility is Accessibility.Private or Accessibility.NotApplicable
                && type.GetTypeMembers().IsEmpty));

    private static void RegisterThreads(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var steps = scope.Symbols.Part(static symbols => new SeedSensitiveSteps(symbols));
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (steps.IsSdca(call.TargetMethod) && MayUseManyThreads(call)
                    && scope.Policy.Says(call.Syntax.SyntaxTree, Id, "require_single_thread", fallback: false)
                    && scope.Finding(ManyThreads, call.Syntax, call.TargetMethod.Name) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    private static bool MayUseManyThreads(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name is "options")
            {
                // Options made elsewhere are not followed: no guess is better than a wrong one.
                return InlineOptions.Creation(argument) is not null
                    && InlineOptions.Value(argument, "NumberOfThreads")?.ConstantValue is not { HasValue: true, Value: 1 };
            }
        }

        return true;
    }

    private readonly struct Birth(SyntaxNode node, ContextStep step)
    {
        public SyntaxNode Node => node;

        public ContextStep Step => step;
    }
}
