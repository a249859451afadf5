using MlOps.Build.Contracts;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Tool.Application;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary>The self-test of the policy, where an environment lets nothing in without its certificate.</summary>
internal static class ReleaseCertificate
{
    /// <summary>As `mlops gate selftest` does without options.</summary>
    private const int Repetitions = 200;

    private const long Seed = 42;

    /// <summary>
    /// Puts the certificate into the folder of the run, from where the registration takes it. A policy that is not certified is
    /// registered all the same: the environment then says what it waits for.
    /// </summary>
    public static async Task MakeAsync(VerbContext project, RunResult run, CancellationToken cancellation)
    {
        var configuration = project.Configuration();
        var asking = configuration.Environments.FirstOrDefault(environment => environment.RequireCertificate);
        if (asking is null || run.Verdict.Kind is VerdictKind.Fail)
        {
            return;
        }

        project.Progress.Step($"Testing the gate: '{asking.Name}' requires a certificate");
        var certificate = new SelfTestHandler(project.Host.Time, MachineProbe.Current.EngineDigest, project.Progress).Handle(
            new() { Configuration = configuration, Runs = await project.RunsAsync(cancellation), Run = run.Run.Id, Repetitions = Repetitions, Seed = Seed },
            cancellation).Document;
        if (!certificate.Certified)
        {
            project.Progress.Warn($"The policy is not certified: {certificate.Sentence}");
        }
    }
}
