using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Attestation;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary><c>mlops ci attest</c>: signs what a release judged, in a job where nothing of the project runs.</summary>
internal static class CiAttest
{
    public static VerbCommand Create(ToolHost host, CiOptions options)
        => new VerbCommand("attest", "Signs the verdict of a release with a key that no trainer sees.")
        {
            Examples = ["mlops ci attest --host local --input package=sha256:41d7 --input verdict-digest=sha256:9a0c"],
            Exits = [ExitCode.Ok, ExitCode.Unavailable, ExitCode.Refused],
        }.With(options.All).Answers(host, (context, cancellation) => RunAsync(context, options.Host(context), cancellation), Page);

    private static async Task<Answer<AttestationAnswer>> RunAsync(VerbContext context, IPipelineHost host, CancellationToken cancellation)
    {
        await CiZone.RequireReleaseAsync(context, "attest", cancellation);
        var inputs = AttestInputs.Of(host);
        using var key = ApprovalKeys.PrivateOf(inputs.AttestationKey, TaskInputs.AttestationKey.Name);
        var world = RegistryFactory.World(context.At(inputs.Root));
        var answer = await new AttestHandler(world.Project.Model, world.Log, world.Blobs)
            .HandleAsync(new AttestRequest(inputs.Package, inputs.VerdictDigest), key, cancellation);
        host.SetOutput(TaskOutputs.ModelDigest, answer.ModelDigest);
        await host.SummariseAsync(CiPage.Markdown(Page(answer)), cancellation);
        return new(answer, ExitCode.Ok);
    }

    private static Page Page(AttestationAnswer answer)
        => new Page()
            .Line($"The verdict on {Digest.Short(answer.ModelDigest)} {(answer.AlreadyAttested ? "was attested before" : "is attested")}.")
            .Fields(("Model", answer.ModelDigest), ("Package", answer.ManifestDigest), ("Verdict", answer.VerdictDigest), ("Key", answer.KeyId));
}
