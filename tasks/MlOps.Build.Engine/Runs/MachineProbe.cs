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
        EngineDigest = Digest.MerkleRoot(
            Directory.GetFiles(AppContext.BaseDirectory, "MlOps.Build.*.dll")
                .Append(Path.Combine(AppContext.BaseDirectory, "mlops.dll"))
                .Where(File.Exists)
                .Select(file => new FileDigest(Path.GetFileName(file), new FileInfo(file).Length, Digest.OfFile(file)))),
    };

    private static string SystemName()
        => OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "linux-musl"
            : "linux";
}
