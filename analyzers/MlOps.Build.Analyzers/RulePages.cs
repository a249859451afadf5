namespace MlOps.Build.Analyzers;

/// <summary>Where the page of a rule is found.</summary>
public static class RulePages
{
    /// <summary>The folder that holds one page a rule; the one place that knows the address.</summary>
    public const string RulePageBaseUrl = "https://mlops.build/rules/";
}
