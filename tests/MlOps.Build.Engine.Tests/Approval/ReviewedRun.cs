using System.Reflection;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Tests.Approval;

/// <summary>A run on GitHub with reviews; whatever else a host can do is not asked of it.</summary>
public sealed class ReviewedRun : IEnvironment
{
    public ReviewedRun()
    {
        Host = DispatchProxy.Create<IPipelineHost, Proxy>();
        ((Proxy)(object)Host).Run = this;
    }

    public IPipelineHost Host { get; }

    public string Url { get; set; } = string.Empty;

    public string Attempt { get; set; } = "1";

    public bool RequiresDigest { get; set; }

    public IReadOnlyList<HostApproval> Reviews { get; set; } = [];

    public int Asked { get; private set; }

    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["GITHUB_RUN_ATTEMPT"] = Attempt,
        ["GITHUB_TRIGGERING_ACTOR"] = "starter@example.com",
    };

    public class Proxy : DispatchProxy
    {
        public ReviewedRun Run { get; set; } = null!;

        protected override object Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            switch (targetMethod!.Name)
            {
                case "get_State":
                    return new HostState { Name = "github", RunUrl = Run.Url, Actor = "robot" };
                case nameof(IPipelineHost.ApprovalsAsync):
                    Run.Asked++;
                    return Task.FromResult(Run.Reviews);
                default:
                    throw new NotSupportedException(targetMethod.Name);
            }
        }
    }
}
