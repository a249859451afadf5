using Cake.Core;
using Cake.MlOps;
using Microsoft.Extensions.DependencyInjection;
using MlOps.Build.Conformance.Tests.EndToEnd;
using MlOps.Build.Hosting;

namespace MlOps.Build.Cake.Tests;

/// <summary>A compiled build, shaped as Cake.Frosting shapes one, that calls the aliases as what they are: methods on its context.</summary>
public sealed class CompiledHostTests(CopiedEngine engine) : IClassFixture<CopiedEngine>, IDisposable
{
    private readonly VisitProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void A_task_of_a_compiled_build_gets_the_verdict_and_a_gate_that_says_no_ends_the_build()
    {
        project.Push(VisitProject.Bad);
        var seen = new Judged();

        var exit = CakeHost.Create().UseContext<JudgingContext>().ConfigureServices(services => services.AddSingleton(seen))
            .Run(["--target=Gate", $"--project={project.Folder}", $"--engine={engine.Folder}"]);

        Assert.Equal(1, exit);
        Assert.Equal((1, "fail"), (seen.Answer?.ExitCode, seen.Answer?.Verdict));
        Assert.Equal(1, seen.Refusal?.ExitCode);
        Assert.StartsWith("mlops ci gate: ", seen.Refusal?.Message, StringComparison.Ordinal);
        Assert.Contains(seen.Answer!.Sentence!, seen.Refusal!.Message, StringComparison.Ordinal);
    }
}

/// <summary>What the tasks of one run saw.</summary>
public sealed class Judged
{
    /// <summary>The answer of the first task.</summary>
    public MlOpsAnswer? Answer { get; set; }

    /// <summary>How the second one ended.</summary>
    public CakeException? Refusal { get; set; }
}

/// <summary>The typed context of the build.</summary>
public sealed class JudgingContext(ICakeContext context, Judged seen) : FrostingContext(context)
{
    /// <summary>What its tasks saw.</summary>
    public Judged Seen => seen;

    /// <summary>Where tool and project are, in no job of a build server.</summary>
    public T At<T>(T settings)
        where T : MlOpsSettings
    {
        settings.Host = "local";
        settings.EnginePath = Arguments.GetArguments("engine").Single();
        settings.WorkingDirectory = Arguments.GetArguments("project").Single();
        settings.EnvironmentVariables = new Dictionary<string, string>(StringComparer.Ordinal) { ["GITHUB_ACTIONS"] = string.Empty, ["TF_BUILD"] = string.Empty };
        return settings;
    }
}

/// <summary>Trains and judges, whatever the verdict.</summary>
[TaskName("Judge")]
public sealed class JudgeTask : FrostingTask<JudgingContext>
{
    /// <inheritdoc/>
    public override void Run(JudgingContext context)
        => context.Seen.Answer = context.MlOpsPr(context.At(new MlOpsPrSettings { Base = "main", HandleExitCode = code => code is 0 or 1 }));
}

/// <summary>Judges the run once more, and ends the build when it says no.</summary>
[TaskName("Gate")]
[IsDependentOn(typeof(JudgeTask))]
public sealed class GateTask : FrostingTask<JudgingContext>
{
    /// <inheritdoc/>
    public override void Run(JudgingContext context)
    {
        try
        {
            context.MlOpsGate(context.At(new MlOpsGateSettings { Run = context.Seen.Answer?.RunId }));
        }
        catch (CakeException refusal)
        {
            context.Seen.Refusal = refusal;
            throw;
        }
    }
}
