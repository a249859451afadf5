using System.Threading;
using System.Threading.Tasks;
using MlOps.Build.Annotations;
using Microsoft.ML;

namespace Release;

public enum Stage
{
    Test,
    Canary,
    Production,
}

public interface IDeployer
{
    [DeploysModel] Task Deploy(string model, Stage to, CancellationToken cancellation = default);

    [DeploysModel] Task Promote(string model, Stage from, Stage to);

    [DeploysModel] void Push(string model, string environment);
}

public sealed class Release(IDeployer deployer)
{
    private const string Live = "live";

    public Task Hotfix(string model) => deployer.Deploy(model, Stage.Production);

    public async Task Orderly(string model, bool healthy)
    {
        await deployer.Deploy(model, Stage.Canary);
        if (healthy)
        {
            await deployer.Promote(model, from: Stage.Canary, to: Stage.Production);
        }
    }

    public void ByName(string model, string environment)
    {
        deployer.Push(model, "staging");
        deployer.Push(model, environment);
        deployer.Push(model, Live);
    }

    public static ITransformer Read(string path) => new MLContext(seed: 1).Model.Load(path, out _);
}
