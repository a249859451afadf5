namespace MlOps.Build.Engine.Training;

/// <summary>
/// What a trainer, a scorer or a build sees of the environment. A list of what may pass, because nobody can list every
/// secret: tokens, <c>INPUT_*</c>, <c>GITHUB_*</c>, <c>AZURE_*</c>, <c>SYSTEM_ACCESSTOKEN</c> stay behind.
/// </summary>
public static class TrainerEnvironment
{
    public const string RequestVariable = "MLOPS_REQUEST";

    /// <summary>Places that differ from machine to machine and change no result; they are no part of a cache key.</summary>
    private static readonly HashSet<string> Places = new(StringComparer.OrdinalIgnoreCase)
    {
        "TMP", "TEMP", "TMPDIR", "HOME", "USER", "USERNAME", "LOGNAME", "USERPROFILE", "XDG_RUNTIME_DIR",
    };

    /// <summary>Names that pass as they are. See docs/trainer-protocol.md.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "USER", "USERNAME", "LOGNAME", "USERPROFILE", "HOMEDRIVE", "HOMEPATH", "APPDATA", "LOCALAPPDATA",
        "PROGRAMDATA", "PROGRAMFILES", "PROGRAMFILES(X86)", "COMMONPROGRAMFILES", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR",
        "COMSPEC", "PATHEXT", "TMP", "TEMP", "TMPDIR", "XDG_RUNTIME_DIR", "LANG", "LANGUAGE", "TZ", "NUMBER_OF_PROCESSORS",
        "PROCESSOR_ARCHITECTURE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV",
        "CONDA_PREFIX", "CUDA_VISIBLE_DEVICES", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "MLOPS_PROCESS_ID",
    };

    private static readonly string[] Prefixes = ["DOTNET_", "LC_"];

    private static readonly string[] BuildPrefixes = ["DOTNET_", "LC_", "NUGET_", "VSS_NUGET_", "MSBUILD"];

    private static readonly HashSet<string> BuildNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "JAVA_HOME",
    };

    /// <summary>The environment of a trainer or scorer.</summary>
    public static Dictionary<string, string> ForTrainer(IReadOnlyDictionary<string, string> variables, string requestFile)
    {
        var allowed = Allowed(variables);
        allowed[RequestVariable] = requestFile;
        allowed["DOTNET_NOLOGO"] = "1";
        return allowed;
    }

    /// <summary>The environment of a build: package feeds and proxies too, and no process that stays behind.</summary>
    public static Dictionary<string, string> ForBuild(IReadOnlyDictionary<string, string> variables)
    {
        var allowed = Filter(variables, BuildPrefixes, name => Names.Contains(name) || BuildNames.Contains(name));
        allowed["DOTNET_NOLOGO"] = "1";
        allowed["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        allowed["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        allowed["MSBUILDDISABLENODEREUSE"] = "1";

        // The first errors are quoted in a problem, whose words are English.
        allowed["DOTNET_CLI_UI_LANGUAGE"] = "en";
        return allowed;
    }

    /// <summary>What of the environment may change a result, sorted by name: a part of the cache key.</summary>
    public static IReadOnlyList<string> ForKey(IReadOnlyDictionary<string, string> variables)
        => [.. Allowed(variables)
            .Where(pair => !Places.Contains(pair.Key) && pair.Key != "MLOPS_PROCESS_ID")
            .Select(pair => $"{pair.Key}={pair.Value}")
            .Order(StringComparer.Ordinal)];

    private static Dictionary<string, string> Allowed(IReadOnlyDictionary<string, string> variables)
        => Filter(variables, Prefixes, Names.Contains);

    private static Dictionary<string, string> Filter(
        IReadOnlyDictionary<string, string> variables, string[] prefixes, Func<string, bool> isNamed)
        => variables
            .Where(pair => isNamed(pair.Key)
                || prefixes.Any(prefix => pair.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
}
