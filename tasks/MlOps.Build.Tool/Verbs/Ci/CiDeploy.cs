using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Deployment;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Verbs.Deploy;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary><c>mlops ci deploy</c>, <c>mlops ci rollback</c> and <c>mlops ci status</c>.</summary>
internal static class CiDeploy
{
    public static VerbCommand Deploy(ToolHost host, CiOptions options)
        => new VerbCommand("deploy", "Checks verdict, champion, approvals and every byte once more, then puts the model into an environment.")
        {
            Examples = ["mlops ci deploy --host local --input environment=staging"],
            Exits = [ExitCode.Ok, ExitCode.Unavailable, ExitCode.Refused, ExitCode.Cancelled],
        }.With(options.All).Answers(host, (context, cancellation) => DeployAsync(context, options.Host(context), cancellation), DeployCommand.Page);

    public static VerbCommand Rollback(ToolHost host, CiOptions options)
        => new VerbCommand("rollback", "Takes an environment back to the last model that was good there.")
        {
            Examples = ["mlops ci rollback --host local --input environment=production --input reason=errors"],
            Exits = [ExitCode.Ok, ExitCode.Unavailable, ExitCode.Refused, ExitCode.Cancelled],
        }.With(options.All).Answers(host, (context, cancellation) => RollbackAsync(context, options.Host(context), cancellation), DeployCommand.Page);

    public static VerbCommand Status(ToolHost host, CiOptions options)
        => new VerbCommand("status", "Says what every environment serves and what waits to get in.")
        {
            Examples = ["mlops ci status"],
            Exits = [ExitCode.Ok, ExitCode.Refused],
        }.With(options.All).Answers(host, (context, cancellation) => StatusAsync(context, options.Host(context), cancellation), DeployCommand.Page);

    private static async Task<Answer<DeployAnswer>> DeployAsync(VerbContext context, IPipelineHost host, CancellationToken cancellation)
    {
        await CiZone.RequireReleaseAsync(context, "deploy", cancellation);
        var inputs = DeployInputs.Of(host);
        var project = context.At(inputs.Root);
        var world = RegistryFactory.World(project) with
        {
            Vouchers = CiVouchers.Of(project, host, inputs.ApprovalSource, inputs.LockFile, inputs.RequireDigestInComment),
        };
        var answer = await new DeployHandler(world).HandleAsync(
            new DeployRequest(inputs.Model, inputs.Environment) { RequiredPolicy = inputs.RequirePolicy }, cancellation);
        host.SetOutput(TaskOutputs.ModelDigest, answer.ModelDigest);
        host.SetOutput(TaskOutputs.VerdictDigest, answer.VerdictDigest ?? string.Empty);
        host.SetOutput(TaskOutputs.Generation, answer.Generation.ToString(CultureInfo.InvariantCulture));
        await host.SummariseAsync(CiPage.Markdown(DeployCommand.Page(answer)), cancellation);
        return new(answer, ExitCode.Ok);
    }

    private static async Task<Answer<RollbackAnswer>> RollbackAsync(VerbContext context, IPipelineHost host, CancellationToken cancellation)
    {
        await CiZone.RequireReleaseAsync(context, "rollback", cancellation);
        var inputs = RollbackInputs.Of(host);
        var world = RegistryFactory.World(context.At(inputs.Root));
        var answer = await new RollbackHandler(world).HandleAsync(
            new RollbackRequest
            {
                Environment = inputs.Environment,
                Confirmed = true,
                Reason = inputs.Reason ?? string.Empty,
                From = inputs.Model,
            },
            cancellation);
        host.SetOutput(TaskOutputs.ModelDigest, answer.To);
        host.SetOutput(TaskOutputs.Generation, answer.Generation.ToString(CultureInfo.InvariantCulture));
        await host.SummariseAsync(CiPage.Markdown(DeployCommand.Page(answer)), cancellation);
        return new(answer, ExitCode.Ok);
    }

    private static async Task<Answer<StatusAnswer>> StatusAsync(VerbContext context, IPipelineHost host, CancellationToken cancellation)
    {
        var answer = await new StatusHandler(RegistryFactory.World(context.At(StatusInputs.Of(host).Root))).HandleAsync(cancellation);
        await host.SummariseAsync(CiPage.Markdown(DeployCommand.Page(answer)), cancellation);
        return new(answer, ExitCode.Ok);
    }
}
