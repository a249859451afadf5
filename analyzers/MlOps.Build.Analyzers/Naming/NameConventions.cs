using System;
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Tracking;

namespace MlOps.Build.Analyzers.Naming;

/// <summary>How models, experiments and metrics are called, as .editorconfig says.</summary>
internal sealed class NameConventions
{
    /// <summary>Lower-case words with hyphens, as they stand in addresses, tags and folders alike.</summary>
    public const string Slug = "^[a-z][a-z0-9-]{2,40}$";

    /// <summary>Short names such as <c>f1</c>, and what the evaluation writes, such as <c>log_loss</c> and <c>precision@10</c>.</summary>
    public const string Metric = "^[a-z][a-z0-9_.@-]{0,40}$";

    private const string Annotations = "MlOps.Build.Annotations.";
    private static readonly string[] Names = ["name", "model", "modelName", "experiment", "experimentName", "metric", "metricName"];

    private readonly ConcurrentDictionary<string, Regex?> patterns = new(StringComparer.Ordinal);
    private readonly RulePolicy policy;
    private readonly INamedTypeSymbol? registers;
    private readonly INamedTypeSymbol? loads;
    private readonly INamedTypeSymbol? starts;
    private readonly INamedTypeSymbol? logs;

    public NameConventions(MlNetSymbols symbols, RulePolicy policy)
    {
        this.policy = policy;
        registers = symbols.Type(Annotations + "RegistersModelAttribute");
        loads = symbols.Type(Annotations + "LoadsModelAttribute");
        starts = symbols.Type(Annotations + "StartsRunAttribute");
        logs = symbols.Type(Annotations + "LogsMetricsAttribute");
    }

    /// <summary>False where nothing says which calls name a model, an experiment or a metric.</summary>
    public bool AreKnown => (registers ?? loads ?? starts ?? logs) is not null;

    /// <summary>What a fixed name is of, and the pattern that it breaks; null for all other arguments.</summary>
    public (string Kind, string Pattern)? Broken(IArgumentOperation argument)
    {
        if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: { Type.SpecialType: SpecialType.System_String, ContainingSymbol: IMethodSymbol method } parameter }
            && argument.Value.ConstantValue is { HasValue: true, Value: string name }
            && Array.IndexOf(Names, parameter.Name) >= 0
            && KindOf(method.ReducedFrom ?? method) is { } kind
            && PatternOf(argument.Syntax.SyntaxTree, kind) is var pattern && !Fits(name, pattern))
        {
            return (kind, pattern);
        }

        return null;
    }

    /// <summary>The name in lower-case words, when that fits; null otherwise, and for letters that would be lost.</summary>
    public string? Proposal(string name, string kind, string pattern)
    {
        foreach (var letter in name)
        {
            if (letter >= 128 && char.IsLetter(letter))
            {
                return null;
            }
        }

        var proposal = InWords(name, kind == "metric" ? '_' : '-');
        return proposal.Length > 0 && Fits(proposal, pattern) ? proposal : null;
    }

    private string? KindOf(IMethodSymbol method) =>
        Reached.IsMarked(method, registers) || Reached.IsMarked(method, loads) ? "model"
        : Reached.IsMarked(method, starts) ? "experiment"
        : Reached.IsMarked(method, logs) ? "metric"
        : null;

    private string PatternOf(SyntaxTree tree, string kind) => kind switch
    {
        "model" => policy.Text(tree, NameConventionAnalyzer.Id, "model", Slug),
        "experiment" => policy.Text(tree, NameConventionAnalyzer.Id, "experiment", Slug),
        _ => policy.Text(tree, NameConventionAnalyzer.Id, "metric", Metric),
    };

    /// <summary>A pattern that cannot be read, which MLOPS0001 says, or takes too long fits everything.</summary>
    private bool Fits(string name, string pattern)
    {
        try
        {
            return patterns.GetOrAdd(pattern, static text => Patterns.Read(text))?.IsMatch(name) ?? true;
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static string InWords(string name, char between)
    {
        var words = new StringBuilder(name.Length + 8);
        for (var at = 0; at < name.Length; at++)
        {
            var letter = name[at];
            if (!IsWord(letter))
            {
                Part();
                continue;
            }

            // A hump begins a word, and so does the last capital of an abbreviation: AUCValue is auc and value.
            if (char.IsUpper(letter) && at > 0
                && (char.IsLower(name[at - 1]) || (char.IsUpper(name[at - 1]) && at + 1 < name.Length && char.IsLower(name[at + 1]))))
            {
                Part();
            }

            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString().TrimEnd(between);

        void Part()
        {
            if (words.Length > 0 && words[words.Length - 1] != between)
            {
                words.Append(between);
            }
        }
    }

    private static bool IsWord(char letter) => letter < 128 && char.IsLetterOrDigit(letter);
}
