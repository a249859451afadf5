using System.Reflection;

namespace MlOps.Build.Training;

/// <summary>Name and version of what trained the model.</summary>
internal static class FrameworkVersions
{
    public static SortedDictionary<string, string> Loaded()
    {
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal) { [".NET"] = Environment.Version.ToString() };
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            var name = assembly.GetName().Name ?? string.Empty;
            if (name is "Microsoft.ML.Data" or "Microsoft.ML.LightGbm" or "Microsoft.ML.FastTree" or "MlOps.Build.Training")
            {
                versions[name == "Microsoft.ML.Data" ? "Microsoft.ML" : name] = Version(assembly);
            }
        }

        return versions;
    }

    private static string Version(Assembly assembly)
    {
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version?.ToString() ?? "unknown";
        return version.Split('+', 2)[0];
    }
}
