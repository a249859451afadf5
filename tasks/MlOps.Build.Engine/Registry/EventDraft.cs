using System.Text.Json;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Registry;

/// <summary>An event that has no number yet.</summary>
public sealed record EventDraft(RegistryEventType Type, JsonElement Body)
{
    public static EventDraft Of<T>(RegistryEventType type, T body)
        where T : class
        => new(type, JsonSerializer.SerializeToElement(body, Documents.TypeInfo<T>()));
}

/// <summary>Who writes, and from where.</summary>
public sealed record Author(string Actor, HostState Host);
