using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Verbs.Approve;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary><c>mlops ci approve</c>.</summary>
internal static class CiApprove
{
    public static VerbCommand Create(ToolHost host, CiOptions options)
        => new VerbCommand("approve", "Records who let exactly these bytes into an environment.")
        {
            Examples = ["mlops ci approve --host local --input environment=staging"],
            Exits = [ExitCode.Ok, ExitCode.Unavailable, ExitCode.Refused],
        }.With(options.All).Answers(host, (context, cancellation) => RunAsync(context, options.Host(context), cancellation), ApproveCommand.Page);

    /// <summary>Whether mlops.yml admits more than signatures there: then whoever it admits is asked.</summary>
    private static bool OthersCount(ProjectConfiguration project, string environment)
        => Terms.Environment(project, environment).ApprovalSources.Any(source => source != ApprovalSource.LocalKey);

    private static async Task<Answer<ApprovalAnswer>> RunAsync(VerbContext context, IPipelineHost host, CancellationToken cancellation)
    {
        await CiZone.RequireReleaseAsync(context, "approve", cancellation);
        var inputs = ApproveInputs.Of(host);
        var project = context.At(inputs.Root);
        var world = RegistryFactory.World(project);
        var answer = inputs.ApprovalSource is ApprovalSourceInput.Host or ApprovalSourceInput.LockFile || (inputs.ApprovalSource is ApprovalSourceInput.Any && OthersCount(world.Project, inputs.Environment))
            ? await new VouchHandler(world with { Vouchers = CiVouchers.Of(project, host, inputs.ApprovalSource, inputs.LockFile, inputs.RequireDigestInComment) })
                .HandleAsync(new PromoteRequest(inputs.Model, inputs.Environment), cancellation)
            : await new ApproveHandler(world.Project, world.ProjectRoot, world.Log, world.Blobs, world.Author, world.Time).HandleAsync(
                new ApproveRequest { Model = inputs.Model, Environment = inputs.Environment, Comment = inputs.Reason },
                cancellation);
        host.SetOutput(TaskOutputs.ModelDigest, answer.Approval.ModelDigest);
        host.SetOutput(TaskOutputs.VerdictDigest, answer.Approval.VerdictDigest);
        await host.SummariseAsync(CiPage.Markdown(ApproveCommand.Page(answer)), cancellation);
        return new(answer, ExitCode.Ok);
    }
}
