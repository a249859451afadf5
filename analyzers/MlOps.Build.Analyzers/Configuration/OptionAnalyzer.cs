using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MlOps.Build.Analyzers.Configuration;

/// <summary>MLOPS0001: an option in .editorconfig that no rule knows, or with a value that it does not take.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptionAnalyzer : MlNetAnalyzer
{
    private const string Id = "MLOPS0001";
    private const int MostEdits = 3;

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Option has no effect",
        "'{0}' has no effect: {1}. {2}.",
        Category.Configuration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id,
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>Creates the rule.</summary>
    public OptionAnalyzer()
        : base(Rule)
    {
    }

#pragma warning disable RS1013 // the base starts every rule alike: no work without ML.NET
    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope) =>
        start.RegisterCompilationEndAction(static end =>
#pragma warning restore RS1013
        {
            // One object stands for all files with the same settings, so a project of a thousand files asks for a handful.
            var asked = new HashSet<AnalyzerConfigOptions>();
            var told = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var tree in end.Compilation.SyntaxTrees)
            {
                var options = end.Options.AnalyzerConfigOptionsProvider.GetOptions(tree);
                if (asked.Add(options))
                {
                    foreach (var key in options.Keys)
                    {
                        if (OptionKey.TryRead(key, out var read) && options.TryGetValue(key, out var value)
                            && Fault(read, value.Trim()) is { } fault && told.Add($"{key} = {value}"))
                        {
                            end.ReportDiagnostic(Diagnostic.Create(Rule, Location.None, $"{Written(read)} = {value.Trim()}", fault.Why, fault.Fix));
                        }
                    }
                }
            }
        });

    private static (string Why, string Fix)? Fault(OptionKey key, string value)
    {
        RuleOption? elsewhere = null;
        foreach (var option in RuleOption.All)
        {
            if (string.Equals(option.Name, key.Name, StringComparison.OrdinalIgnoreCase))
            {
                if (option.IsKnownTo(key.Rule))
                {
                    return option.Admits(value) ? null : ($"it takes {option.Takes}, and the default stays", $"Write {option.Takes}");
                }

                elsewhere = option;
            }
        }

        return elsewhere is not null
            ? ($"{key.Rule} has no such option", $"It is one of {elsewhere.Rule}: write '{elsewhere.Rule}.{elsewhere.Name}'")
            : ("no rule has such an option", Nearest(key) is { } near ? $"Perhaps '{Written(key.Rule, near.Name)}' is meant" : "The page of each rule lists its options");
    }

    private static string Written(OptionKey key) => Written(key.Rule, key.Name);

    private static string Written(string? rule, string name) => $"{rule ?? RulePolicy.EveryRule}.{name}";

    private static RuleOption? Nearest(OptionKey key)
    {
        RuleOption? nearest = null;
        var fewest = MostEdits + 1;
        foreach (var option in RuleOption.All)
        {
            if (option.IsKnownTo(key.Rule) && Edits.Between(option.Name, key.Name) is var edits && edits < fewest)
            {
                (nearest, fewest) = (option, edits);
            }
        }

        return nearest;
    }
}
