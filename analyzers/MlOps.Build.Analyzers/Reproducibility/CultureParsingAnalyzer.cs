using System;
using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>MLOPS1004: rows are read from text by the culture of the machine.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CultureParsingAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS1004";

    private const string Title = "Rows are parsed by the culture of the machine";
    private const string Message = "'{0}' reads text by the culture of the machine, so the same file gives other rows elsewhere: '0.5' is 5 in German. "
        + "Pass CultureInfo.InvariantCulture.";

    private static readonly DiagnosticDescriptor Rule = new(
        Id, Title, Message, Category.Reproducibility, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    private static readonly DiagnosticDescriptor RuleAcrossTypes = new(
        Id, Title, Message, Category.Reproducibility, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id, customTags: [WellKnownDiagnosticTags.CompilationEnd]);

    /// <summary>Makes the rule.</summary>
    public CultureParsingAnalyzer()
        : base(Rule, RuleAcrossTypes)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var parsing = new CultureParsing(scope.Symbols);
        if (InvariantPrograms.SaysTheProject(start.Options.AnalyzerConfigOptionsProvider.GlobalOptions))
        {
            return;
        }

        var invariant = new InvariantPrograms(start.Compilation);
        var entries = scope.Symbols.Part(static symbols => new TrainingEntryPoints(symbols));
        var loads = new MethodSet().Add(scope.Symbols.Data, "LoadFromEnumerable");
        var rows = new ConcurrentDictionary<ITypeSymbol, bool>(SymbolEqualityComparer.Default);
        var open = new ConcurrentBag<Parsed>();
        start.RegisterSymbolStartAction(
            type =>
            {
                var inside = new ConcurrentBag<Parsed>();
                type.RegisterOperationAction(
                    context =>
                    {
                        if (context.Operation is IInvocationOperation { TargetMethod: { TypeArguments.Length: 1 } method } && loads.Contains(method))
                        {
                            rows.TryAdd(method.TypeArguments[0], true);
                        }

                        if (parsing.Method(context.Operation) is not { } parser || IsToldByTheFramework(context.Compilation, context.Operation.Syntax.SyntaxTree))
                        {
                            return;
                        }

                        var parsed = new Parsed(context.Operation.Syntax, parser, RowFilling.ClassThatTakes(context.Operation));
                        if (entries.Contain(context.ContainingSymbol))
                        {
                            Report(context.ReportDiagnostic, scope, invariant, Rule, parsed);
                        }
                        else if (parsed.Row is not null)
                        {
                            inside.Add(parsed);
                        }
                    },
                    OperationKind.Invocation, OperationKind.MethodReference);
                type.RegisterSymbolEndAction(end =>
                {
                    foreach (var parsed in inside)
                    {
                        if (rows.ContainsKey(parsed.Row!))
                        {
                            Report(end.ReportDiagnostic, scope, invariant, Rule, parsed);
                        }
                        else
                        {
                            open.Add(parsed);
                        }
                    }
                });
            },
            SymbolKind.NamedType);
        start.RegisterCompilationEndAction(end =>
        {
            foreach (var parsed in open)
            {
                if (rows.ContainsKey(parsed.Row!))
                {
                    Report(end.ReportDiagnostic, scope, invariant, RuleAcrossTypes, parsed);
                }
            }
        });
    }

    private static void Report(Action<Diagnostic> report, RuleScope scope, InvariantPrograms invariant, DiagnosticDescriptor rule, Parsed parsed)
    {
        var type = parsed.Parser.ContainingType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        if (!invariant.SaySo && scope.Finding(rule, parsed.Node, $"{type}.{parsed.Parser.Name}") is { } finding)
        {
            report(finding);
        }
    }

    /// <summary>CA1305 says the same of every call, so where a project has it on, this rule adds nothing.</summary>
    private static bool IsToldByTheFramework(Compilation compilation, SyntaxTree tree)
    {
        const string Twin = "CA1305";
        var options = compilation.Options;
        return (options.SyntaxTreeOptionsProvider is { } provider
                && (provider.TryGetDiagnosticValue(tree, Twin, default, out var severity)
                    || provider.TryGetGlobalDiagnosticValue(Twin, default, out severity))
                && IsOn(severity))
            || (options.SpecificDiagnosticOptions.TryGetValue(Twin, out var specific) && IsOn(specific));
    }

    private static bool IsOn(ReportDiagnostic severity) => severity is ReportDiagnostic.Error or ReportDiagnostic.Warn or ReportDiagnostic.Info;

    private sealed class Parsed(SyntaxNode node, IMethodSymbol parser, ITypeSymbol? row)
    {
        public SyntaxNode Node => node;

        public IMethodSymbol Parser => parser;

        public ITypeSymbol? Row => row;
    }
}
