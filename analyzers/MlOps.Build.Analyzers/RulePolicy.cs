using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MlOps.Build.Analyzers;

/// <summary>What .editorconfig and the project say: options of a rule, and folders where no rule applies.</summary>
/// <remarks>An option is written <c>MLOPS1001.training_only = false</c> for one rule or
/// <c>mlops_analyzers.training_only = false</c> for all that know it.</remarks>
internal sealed class RulePolicy(AnalyzerConfigOptionsProvider provider)
{
    public const string EveryRule = "mlops_analyzers";
    private static readonly char[] Separators = [',', ';', ' '];
    private readonly string root = RootOf(provider.GlobalOptions);

    public bool Applies(SyntaxTree tree)
    {
        var folders = Text(tree, EveryRule, "exempt_folders", fallback: "explore");
        var path = BelowRoot(tree.FilePath);
        foreach (var folder in folders.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (IsInside(path, folder))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True for files that the team names, such as those of a generator that does not mark them as generated.</summary>
    public bool Excludes(SyntaxTree tree, string rule)
    {
        var patterns = Text(tree, rule, "exclude_files", fallback: string.Empty);
        if (patterns.Length == 0)
        {
            return false;
        }

        var path = Slashed(tree.FilePath);
        var name = path.Substring(path.LastIndexOf('/') + 1);
        foreach (var pattern in patterns.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (pattern[0] == '*'
                ? name.EndsWith(pattern.Substring(1), StringComparison.OrdinalIgnoreCase)
                : name.Equals(pattern, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    public bool Says(SyntaxTree tree, string rule, string option, bool fallback) =>
        bool.TryParse(Text(tree, rule, option, string.Empty), out var said) ? said : fallback;

    public string Text(SyntaxTree tree, string rule, string option, string fallback)
    {
        var options = provider.GetOptions(tree);
        return options.TryGetValue($"{rule}.{option}", out var own) ? own.Trim()
            : options.TryGetValue($"{EveryRule}.{option}", out var shared) ? shared.Trim()
            : fallback;
    }

    private static string RootOf(AnalyzerConfigOptions options) =>
        options.TryGetValue("build_property.MlOpsProjectRoot", out var root) && root.Length > 0 ? Slashed(root)
        : options.TryGetValue("build_property.ProjectDir", out var project) ? Slashed(project)
        : string.Empty;

    /// <summary>The path below the root: a check-out that itself lies in a folder named 'explore' is not exempt.</summary>
    private string BelowRoot(string file)
    {
        var path = Slashed(file);
        return root.Length > 0 && path.StartsWith(root, StringComparison.OrdinalIgnoreCase)
            ? path.Substring(root.Length)
            : path;
    }

    private static bool IsInside(string path, string folder)
    {
        var found = path.IndexOf(folder, StringComparison.OrdinalIgnoreCase);
        while (found >= 0)
        {
            var end = found + folder.Length;
            if ((found == 0 || path[found - 1] == '/') && end < path.Length && path[end] == '/')
            {
                return true;
            }

            found = path.IndexOf(folder, end, StringComparison.OrdinalIgnoreCase);
        }

        return false;
    }

    private static string Slashed(string path) => path.Replace('\\', '/').TrimEnd('/');
}
