using System;
using System.Threading.Tasks;
using MlOps.Build.Annotations;
using Microsoft.ML;

namespace Rollout;

public enum Slot
{
    Canary,
    Live,
    LiveEurope,
}

public interface ISlots
{
    [DeploysModel] Task Put(string version, Slot slot);

    Task<bool> IsHealthy(Slot slot, TimeSpan during);
}

public sealed class Rollout(ISlots slots)
{
    public async Task<bool> Run(string version)
    {
        await slots.Put(version, Slot.Canary);
        if (!await slots.IsHealthy(Slot.Canary, TimeSpan.FromMinutes(30)))
        {
            return false;
        }

        await slots.Put(version, Slot.Live);
        return true;
    }

    public Task Hurry(string version) => slots.Put(version, Slot.Live);

    [GatedBy("the release board")]
    public Task AfterTheBoard(string version) => slots.Put(version, Slot.Live);

    public static DataViewSchema SchemaOf(MLContext ml, string file)
    {
        ml.Model.Load(file, out var schema);
        return schema;
    }
}
