using MlOps.Build.Contracts;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.Engine.Deployment;

/// <summary>Compares what an environment says of itself with what the registry says of it.</summary>
public static class EnvironmentCheck
{
    /// <summary>What does not fit, as a sentence, or null.</summary>
    public static string? Disagreement(string environment, DeploymentRecord? record, RegistryState state)
    {
        var last = state.Served.LastOrDefault(change => change.Environment == environment);
        if (record is null)
        {
            // A folder that was lost can be filled again; the registry knows with what.
            return null;
        }

        return record switch
        {
            { Environment: var name } when name != environment => $"deployment.json is about '{name}'.",
            { RegistryHead: { } head } when state.Find(head) is null =>
                $"deployment.json was written beside the event {head}, which the registry does not have: it was cut or exchanged.",
            { Slots: not [_] } => "deployment.json names several models; the registry knows of one.",
            _ when last is null => "deployment.json names a model, the registry knows of no deployment.",
            _ when last.Generation != record.Generation || last.ModelDigest != record.Slots[0].Digest =>
                FormattableString.Invariant($"deployment.json names {record.Slots[0].Digest} (generation {record.Generation}), ")
                    + FormattableString.Invariant($"the registry {last.ModelDigest} (generation {last.Generation})."),
            { Slots: [{ Weight: not 1 } or { Mirror: true }] } => "deployment.json does not give its model all requests.",
            _ when record.Slots[0].Path != DeploymentFolder.PathOf(record.Slots[0].Digest) =>
                $"deployment.json points to '{record.Slots[0].Path}', not to the folder of its model.",
            _ => null,
        };
    }
}
