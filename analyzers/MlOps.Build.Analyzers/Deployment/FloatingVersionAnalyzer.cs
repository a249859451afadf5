using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Reproducibility;
using MlOps.Build.Analyzers.Serving;
using MlOps.Build.Analyzers.Tracking;

namespace MlOps.Build.Analyzers.Deployment;

/// <summary>MLOPS6003: which model answers is decided by what lies there when the process starts.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FloatingVersionAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS6003";

    private const string Loads = "MlOps.Build.Annotations.LoadsModelAttribute";
    private const string Trains = "MlOps.Build.Annotations.TrainingEntryPointAttribute";
    private const string Words = "latest, newest";
    private static readonly char[] Separators = [',', ';', ' '];

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Serving loads a floating model version",
        "'{0}' loads {1}, so a restart changes the model without a deployment, two instances can answer by two models, and there is no version to roll back to. "
            + "Name a version, or an alias that the registry resolves.",
        Category.Deployment,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public FloatingVersionAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var mark = scope.Symbols.Type(Loads);
        var isServed = scope.Symbols.Part(static symbols => new Requests(symbols)).AreServed;
        if ((mark is null && !isServed) || TestProjects.Is(scope.Symbols))
        {
            return;
        }

        var trains = scope.Symbols.Type(Trains);
        var newest = isServed ? new NewestFile(scope.Symbols) : null;
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if ((Floating(call) ?? newest?.Loaded(call)) is { } what
                    && !Development.Covers(call) && !(context.ContainingSymbol is IMethodSymbol method && Reached.IsMarked(method, trains))
                    && scope.Finding(Rule, call.Syntax, call.TargetMethod.Name, what) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);

        string? Floating(IInvocationOperation call)
        {
            if (mark is null || !Reached.IsMarked(call.TargetMethod.ReducedFrom ?? call.TargetMethod, mark))
            {
                return null;
            }

            foreach (var argument in call.Arguments)
            {
                if (argument.ArgumentKind == ArgumentKind.Explicit && LocalFlow.Origin(argument.Value) is { ConstantValue: { HasValue: true, Value: string text } }
                    && IsFloating(text, scope.Policy.Text(call.Syntax.SyntaxTree, Id, "floating_versions", Words)))
                {
                    return $"whatever is '{text}' just then";
                }
            }

            return null;
        }
    }

    /// <summary>The word itself, or the tag of a name such as <c>churn:latest</c>, <c>churn@latest</c> or <c>models/churn/latest</c>.</summary>
    private static bool IsFloating(string text, string words)
    {
        var tag = text.Substring(text.LastIndexOfAny([':', '@', '/']) + 1).Trim();
        return Array.Exists(words.Split(Separators, StringSplitOptions.RemoveEmptyEntries), word => string.Equals(word, tag, StringComparison.OrdinalIgnoreCase));
    }
}
