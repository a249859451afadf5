using System;

namespace MlOps.Build.Analyzers.Configuration;

/// <summary>A key of .editorconfig that is meant for these rules, taken apart: <c>MLOPS1001.training_only</c>.</summary>
internal readonly struct OptionKey
{
    private const string Prefix = "mlops";
    private const int IdLength = 9;

    private OptionKey(string? rule, string name) => (Rule, Name) = (rule, name);

    /// <summary>The rule in capitals, or null for all rules.</summary>
    public string? Rule { get; }

    public string Name { get; }

    /// <summary>False for keys that are other people's.</summary>
    public static bool TryRead(string key, out OptionKey read)
    {
        read = default;
        var dot = key.IndexOf('.');
        if (dot < 0 || !key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var owner = key.Substring(0, dot);
        var isShared = string.Equals(owner, RulePolicy.EveryRule, StringComparison.OrdinalIgnoreCase);
        if (!isShared && !IsId(owner))
        {
            return false;
        }

        read = new(isShared ? null : owner.ToUpperInvariant(), key.Substring(dot + 1));
        return true;
    }

    private static bool IsId(string owner)
    {
        if (owner.Length != IdLength)
        {
            return false;
        }

        for (var place = Prefix.Length; place < owner.Length; place++)
        {
            if (owner[place] is < '0' or > '9')
            {
                return false;
            }
        }

        return true;
    }
}
