using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Verbs.Doctor;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary><c>mlops ci doctor</c>.</summary>
internal static class CiDoctor
{
    public static VerbCommand Create(ToolHost host, CiOptions options)
        => new VerbCommand("doctor", "Says what this machine and this job can and cannot do.")
        {
            Examples = ["mlops ci doctor"],
            Exits = [ExitCode.Ok, ExitCode.Unavailable],
        }.With(options.All).Answers(host, (context, cancellation) => RunAsync(context, options.Host(context), cancellation), DoctorCommand.Page);

    private static async Task<Answer<DoctorAnswer>> RunAsync(VerbContext context, IPipelineHost host, CancellationToken cancellation)
    {
        var answer = await DoctorCommand.LookAsync(context.At(DoctorInputs.Of(host).Root), cancellation);
        var zone = await new ZoneInquiry(context.Host.Environment).AskToReleaseAsync(cancellation);
        var check = new DoctorCheck("job", zone.Binds ? DoctorStatus.Ok : DoctorStatus.Warning, $"{zone.Kind.ToString().ToLowerInvariant()}: {zone.Why}", zone.Fix);
        answer = answer with { Document = answer.Document with { Checks = [.. answer.Document.Checks, check] } };
        await host.SummariseAsync(CiPage.Markdown(DoctorCommand.Page(answer.Document)), cancellation);
        return answer;
    }
}
