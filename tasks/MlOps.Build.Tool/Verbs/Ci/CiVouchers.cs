using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Tool.Application;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary>Who a task asks for approvals besides the signatures in the registry; mlops.yml decides what counts.</summary>
internal static class CiVouchers
{
    public static IReadOnlyList<IVoucher> Of(
        VerbContext project, IPipelineHost host, ApprovalSourceInput source, string? lockFile, bool requireDigest)
    {
        var environment = project.Host.Environment;
        var run = new HostVoucher(host, environment, requireDigest);
        var promotion = new PromotionVoucher(
            project.ProjectRoot, lockFile, new ProcessRunner(environment, project.Host.Time), environment);
        return source switch
        {
            ApprovalSourceInput.Host => [run],
            ApprovalSourceInput.LockFile => [promotion],
            ApprovalSourceInput.Signature => [],
            _ => host.State.Name == "local" ? [promotion] : [run, promotion],
        };
    }
}
