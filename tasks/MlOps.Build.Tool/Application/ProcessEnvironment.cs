using System.Collections;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Tool.Application;

/// <summary>The environment of this process, read once.</summary>
internal sealed class ProcessEnvironment : IEnvironment
{
    public IReadOnlyDictionary<string, string> Variables { get; } = Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty, StringComparer.Ordinal);
}
