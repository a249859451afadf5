using System;

namespace MlOps.Build.Analyzers.Configuration;

/// <summary>What an option of .editorconfig takes.</summary>
internal enum OptionKind
{
    /// <summary>true or false.</summary>
    Flag,

    /// <summary>A whole number from 0 on.</summary>
    Count,

    /// <summary>Names, separated by commas.</summary>
    Names,

    /// <summary>A regular expression of .NET.</summary>
    Pattern,
}

/// <summary>An option that rules read from .editorconfig.</summary>
/// <param name="rule">The one rule that knows it, or null when all do.</param>
/// <param name="name">Its name, behind the dot of the key.</param>
/// <param name="kind">What it takes.</param>
internal sealed class RuleOption(string? rule, string name, OptionKind kind)
{
    /// <summary>Every option there is. A key that is not here has no effect, which MLOPS0001 says.</summary>
    public static readonly RuleOption[] All =
    [
        new(null, "exclude_files", OptionKind.Names),
        new(null, "exempt_folders", OptionKind.Names),
        new("MLOPS1001", "require_single_thread", OptionKind.Flag),
        new("MLOPS1001", "training_only", OptionKind.Flag),
        new("MLOPS1006", "everywhere", OptionKind.Flag),
        new("MLOPS3001", "allow_named_train", OptionKind.Flag),
        new("MLOPS4006", "least_evaluations", OptionKind.Count),
        new("MLOPS6003", "floating_versions", OptionKind.Names),
        new("MLOPS8002", "hash_is_protection", OptionKind.Flag),
        new("MLOPS9002", "experiment", OptionKind.Pattern),
        new("MLOPS9002", "metric", OptionKind.Pattern),
        new("MLOPS9002", "model", OptionKind.Pattern),
    ];

    public string? Rule => rule;

    public string Name => name;

    /// <summary>What may be written, as the end of "it takes".</summary>
    public string Takes => kind switch
    {
        OptionKind.Flag => "true or false",
        OptionKind.Count => "a whole number from 0 on",
        OptionKind.Pattern => "a regular expression",
        _ => "names, separated by commas",
    };

    public bool Admits(string value) => kind switch
    {
        OptionKind.Flag => bool.TryParse(value, out _),
        OptionKind.Count => int.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _),
        OptionKind.Pattern => Naming.Patterns.Read(value) is not null && value.Length > 0,
        _ => value.Length > 0,
    };

    /// <summary>Whether the option may be written for this rule, or, without one, for all.</summary>
    public bool IsKnownTo(string? asked) => rule is null || asked is null || string.Equals(rule, asked, StringComparison.OrdinalIgnoreCase);
}
