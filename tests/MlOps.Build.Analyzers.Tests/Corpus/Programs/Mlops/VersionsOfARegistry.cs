using System;
using Microsoft.ML;
using MlOps.Build.Annotations;

namespace Claims.Triage;

public interface IHost
{
    bool IsDevelopment();
}

public sealed class ModelRegistry
{
    [LoadsModel]
    public ITransformer Get(string name, string version) => throw new NotImplementedException($"{name} {version}");
}

public sealed class TriageModels
{
    private readonly ModelRegistry registry;

    public TriageModels(ModelRegistry registry) => this.registry = registry;

    public ITransformer OnStart(IHost host)
    {
        if (host.IsDevelopment())
        {
            return registry.Get("triage", "latest");
        }

        return registry.Get("triage", "champion");
    }

    public ITransformer Refresh() => registry.Get("triage", "latest");

    public ITransformer RollBack(int version) => registry.Get("triage", version.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
