using System.Collections.Concurrent;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>MLOPS4001: an engine keeps the row it works on; two threads at once get each other's answers.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedEngineAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS4001";

    private const string Title = "PredictionEngine shared between threads";

    private const string Message = "'{0}' is used by several threads at once ({1}), and then one caller gets the answer of another. {2}.";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        Title,
        Message,
        Category.Serving,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    private static readonly DiagnosticDescriptor RuleAcrossTypes = new(
        Id,
        Title,
        Message,
        Category.Serving,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id,
        customTags: [WellKnownDiagnosticTags.CompilationEnd]);

    /// <summary>Makes the rule.</summary>
    public SharedEngineAnalyzer()
        : base(Rule, RuleAcrossTypes)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var engines = scope.Symbols.Part(static symbols => new EngineTypes(symbols));
        var requests = scope.Symbols.Part(static symbols => new Requests(symbols));
        var capture = new CapturedEngine(scope.Symbols, engines, requests);
        var registrations = scope.Symbols.Part(static symbols => new Registrations(symbols));
        var locks = scope.Symbols.Part(static symbols => new Locks(symbols));
        var loops = new BackgroundLoops(scope.Symbols);
        var remedy = PerThread.Remedy(scope.Symbols);
        var singletons = new ConcurrentDictionary<ITypeSymbol, bool>(SymbolEqualityComparer.Default);
        var members = new ConcurrentBag<ISymbol>();
        var held = new HeldEngines(engines, locks);

        // In a program of one's own a static engine may well have one thread; a library or a server cannot know.
        var isLibrary = start.Compilation.Options.OutputKind is OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule;
        var isShared = requests.AreServed || isLibrary;
        start.RegisterOperationAction(
            context =>
            {
                var lambda = (IAnonymousFunctionOperation)context.Operation;
                if (capture.In(lambda) is var (engine, runner)
                    && scope.Finding(Rule, engine.Syntax, engine.Syntax.ToString(), runner, remedy) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.AnonymousFunction);
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (!registrations.IsOnce(call))
                {
                    return;
                }

                foreach (var type in Registrations.Types(call))
                {
                    if (engines.HoldsEngine(type))
                    {
                        if (scope.Finding(
                            Rule, call.Syntax, type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
                            $"'{call.TargetMethod.Name}'", remedy) is { } finding)
                        {
                            context.ReportDiagnostic(finding);
                        }

                        return;
                    }

                    singletons.TryAdd(type, true);
                }
            },
            OperationKind.Invocation);
        start.RegisterSymbolStartAction(
            type => held.Watch(type, isLibrary, (member, report) =>
            {
                if (!member.IsStatic)
                {
                    members.Add(member);
                }
                else if (isShared && Finding(scope, Rule, member, "a static member", remedy) is { } finding)
                {
                    report(finding);
                }
            }),
            SymbolKind.NamedType);
        start.RegisterOperationAction(
            context => held.Note((IMemberReferenceOperation)context.Operation, context.ContainingSymbol),
            OperationKind.FieldReference, OperationKind.PropertyReference);
        start.RegisterCompilationEndAction(end =>
        {
            foreach (var member in held.OpenToOthers)
            {
                members.Add(member);
            }

            foreach (var member in members)
            {
                var why = member.IsStatic ? (isShared ? "a static member" : null)
                    : requests.IsMiddleware(member.ContainingType) ? "a middleware"
                    : singletons.ContainsKey(member.ContainingType) && !loops.Keep(member) ? "a member of a singleton"
                    : null;
                if (why is not null && Finding(scope, RuleAcrossTypes, member, why, remedy) is { } finding)
                {
                    end.ReportDiagnostic(finding);
                }
            }
        });
    }

    private static Diagnostic? Finding(RuleScope scope, DiagnosticDescriptor rule, ISymbol member, string why, string remedy) =>
        Place(member.DeclaringSyntaxReferences) is { } place ? scope.Finding(rule, place, member.Name, why, remedy) : null;

    /// <summary>The type in the declaration: it is what is wrong.</summary>
    private static SyntaxNode? Place(IReadOnlyList<SyntaxReference> declarations) =>
        declarations.Count == 0 ? null : declarations[0].GetSyntax() switch
        {
            PropertyDeclarationSyntax property => property.Type,
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } => declaration.Type,
            var other => other,
        };
}
