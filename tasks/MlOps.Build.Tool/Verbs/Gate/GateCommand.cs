using System.CommandLine;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Tool.Application;

namespace MlOps.Build.Tool.Verbs.Gate;

/// <summary><c>mlops gate [explain|selftest|fidelity]</c>.</summary>
internal static class GateCommand
{
    private static readonly ExitCode[] Answers = [ExitCode.Ok, ExitCode.No, ExitCode.Unavailable, ExitCode.CannotTell, ExitCode.Refused];

    public static VerbCommand Create(ToolHost host)
    {
        var options = new GateOptions();
        var gate = new VerbCommand("gate", "Judges an evaluation by the policy of mlops.yml.")
        {
            Examples = ["mlops gate", "mlops gate --evaluation evaluation.json --verdict verdict.json"],
            Exits = Answers,
        }.With(options.All).Answers(host, options.JudgeAsync, VerdictPage.Summary);
        return gate.With(Explain(host), SelfTestCommand.Create(host), FidelityCommand.Create(host));
    }

    private static VerbCommand Explain(ToolHost host)
    {
        var options = new GateOptions();
        return new VerbCommand("explain", "Prints every rule as a sentence with its numbers.")
        {
            Examples = ["mlops gate explain", "mlops gate explain --run latest"],
            Exits = Answers,
        }.With(options.All).Answers(host, options.JudgeAsync, VerdictPage.Explanation);
    }

    private sealed class GateOptions
    {
        private readonly Option<string?> run = new("--run") { Description = "A run's id, the beginning of one, or 'latest'; default: the newest with an evaluation." };
        private readonly Option<string?> evaluation = new("--evaluation") { Description = "An evaluation.json instead of that of a run.", HelpName = "file" };
        private readonly Option<string?> verdict = new("--verdict") { Description = "Where the verdict is written as well.", HelpName = "file" };
        private readonly Option<bool> bootstrap = new("--bootstrap") { Description = "Admit a first model that has nothing to be compared with." };

        public IEnumerable<Symbol> All => [run, evaluation, verdict, bootstrap];

        public async Task<Answer<Verdict>> JudgeAsync(VerbContext context, CancellationToken cancellationToken)
        {
            var file = context.Value(evaluation) is { } named
                ? Path.GetFullPath(named, context.Host.WorkingDirectory)
                : EvaluatedRun.Find(await context.RunsAsync(cancellationToken), context.Value(run));
            var handler = new GateHandler(VerdictClock.Of(context.Host.Environment, context.Host.Time), MachineProbe.Current.EngineDigest);
            return handler.Handle(new()
            {
                Evaluation = file,
                Policy = context.Configuration().Gate,
                Bootstrap = context.Value(bootstrap),
                Output = context.Value(verdict) is { } output ? Path.GetFullPath(output, context.Host.WorkingDirectory) : null,
            });
        }
    }
}
