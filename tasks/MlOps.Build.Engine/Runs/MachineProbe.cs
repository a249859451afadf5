using System.Reflection;
using System.Runtime.InteropServices;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Runs;

/// <summary>Looks at the machine and at the engine itself.</summary>
public static class MachineProbe
{
    private static readonly Lazy<MachineState> Probed = new(Probe);

    /// <summary>Operating system and architecture, such as <c>linux-x64</c>.</summary>
    public static string Platform { get; }
        = $"{SystemName()}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>The machine; it does not change while we run.</summary>
    public static MachineState Current => Probed.Value;

    private static MachineState Probe() => new()
    {
        Platform = Platform,
        Processors = Environment.ProcessorCount,
        Runtime = Environment.Version.ToString(),
        EngineVersion = typeof(MachineProbe).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion,
        EngineDigest = DigestOf(
            [typeof(MachineProbe).Assembly, typeof(Digest).Assembly, Assembly.GetEntryAssembly() ?? typeof(MachineProbe).Assembly]),
    };

    /// <summary>
    /// The compiler derives a module's version id from all that goes into it (deterministic builds), and it survives
    /// compilation ahead of time: one engine has one digest on every platform, and no file is read for it.
    /// </summary>
    private static string DigestOf(IEnumerable<Assembly> assemblies)
        => Digest.Of(string.Concat(assemblies.Distinct().Select(assembly => $"{assembly.GetName().Name} {assembly.ManifestModule.ModuleVersionId:N}\n")));

    private static string SystemName()
        => OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "linux-musl"
            : "linux";
}
