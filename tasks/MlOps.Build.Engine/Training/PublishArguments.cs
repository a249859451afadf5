namespace MlOps.Build.Engine.Training;

/// <summary>How a trainer is published: for this machine, and so that place and commit do not show in its bytes.</summary>
internal static class PublishArguments
{
    public static IReadOnlyList<string> Of(string project, string root, string intermediate, string output) =>
    [
        "publish", project,
        "--configuration", "Release",
        "--use-current-runtime",
        "--self-contained", "false",
        "--artifacts-path", intermediate,
        "--output", output,
        "--nologo", "--verbosity", "quiet",
        "-p:UseAppHost=false",
        "-p:Deterministic=true",
        "-p:ContinuousIntegrationBuild=true",
        $"-p:PathMap={Escape(WithSeparator(intermediate))}=/_/obj/%2C{Escape(WithSeparator(root))}=/_/",

        // The commit would go into the assembly's version and, through SourceLink, into the debug directory.
        "-p:EnableSourceControlManagerQueries=false",
        "-p:IncludeSourceRevisionInInformationalVersion=false",
        "-p:MinVerSkip=true",

        // No compiler server or build node may outlive the build.
        "-p:UseSharedCompilation=false",
    ];

    private static string WithSeparator(string path) => Path.TrimEndingDirectorySeparator(path) + Path.DirectorySeparatorChar;

    /// <summary>The signs MSBuild reads as more than themselves; a comma or an equals sign is doubled for the compiler.</summary>
    private static string Escape(string path)
        => path.Replace("%", "%25", StringComparison.Ordinal)
            .Replace(",", "%2C%2C", StringComparison.Ordinal)
            .Replace("=", "==", StringComparison.Ordinal)
            .Replace(";", "%3B", StringComparison.Ordinal)
            .Replace("$", "%24", StringComparison.Ordinal)
            .Replace("@", "%40", StringComparison.Ordinal);
}
