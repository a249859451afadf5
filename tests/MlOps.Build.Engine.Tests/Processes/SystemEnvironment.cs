using System.Collections;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Tests.Processes;

/// <summary>The environment of this process, read once.</summary>
internal sealed class SystemEnvironment : IEnvironment
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Variables { get; } = Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(
            entry => (string)entry.Key,
            entry => (string?)entry.Value ?? string.Empty,
            OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
}
