using System.CommandLine;
using System.CommandLine.Help;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Verbs.Approve;
using MlOps.Build.Tool.Verbs.Audit;
using MlOps.Build.Tool.Verbs.Ci;
using MlOps.Build.Tool.Verbs.Completions;
using MlOps.Build.Tool.Verbs.Config;
using MlOps.Build.Tool.Verbs.Data;
using MlOps.Build.Tool.Verbs.Deploy;
using MlOps.Build.Tool.Verbs.Doctor;
using MlOps.Build.Tool.Verbs.Evaluate;
using MlOps.Build.Tool.Verbs.Gate;
using MlOps.Build.Tool.Verbs.Models;
using MlOps.Build.Tool.Verbs.Promote;
using MlOps.Build.Tool.Verbs.Register;
using MlOps.Build.Tool.Verbs.Report;
using MlOps.Build.Tool.Verbs.Run;
using MlOps.Build.Tool.Verbs.Runs;
using MlOps.Build.Tool.Verbs.Score;
using MlOps.Build.Tool.Verbs.Train;

namespace MlOps.Build.Tool.Verbs;

/// <summary>Every verb, in the order of the help.</summary>
internal static class VerbTable
{
    private static readonly (string Name, Func<ToolHost, Command> Create)[] Verbs =
    [
        ("run", RunCommand.Create),
        ("train", TrainCommand.Create),
        ("score", ScoreCommand.Create),
        ("register", RegisterCommand.Create),
        ("models", ModelsCommand.Create),
        ("approve", ApproveCommand.Approve),
        ("reject", ApproveCommand.Reject),
        ("promote", PromoteCommand.Create),
        ("deploy", DeployCommand.Deploy),
        ("status", DeployCommand.Status),
        ("rollback", DeployCommand.Rollback),
        ("audit", AuditCommand.Create),
        ("ci", CiCommand.Create),
        ("doctor", DoctorCommand.Create),
        ("config", ConfigCommand.Create),
        ("completions", CompletionsCommand.Create),
        ("evaluate", EvaluateCommand.Create),
        ("gate", GateCommand.Create),
        ("data", DataCommand.Create),
        ("report", ReportCommand.Create),
        ("runs", RunsCommand.Create),
    ];

    /// <summary>The names, in that order.</summary>
    public static IEnumerable<string> Names => Verbs.Select(verb => verb.Name);

    /// <summary>The command tree; with only the verb that the first word names, because building all of it takes longer than most verbs.</summary>
    public static RootCommand CreateRoot(ToolHost host, string? firstWord = null)
    {
        var root = new RootCommand("Trains, gates, approves, deploys and rolls back models. Start with `dotnet new mlops-project`.");
        foreach (var option in GlobalOptions.All)
        {
            root.Options.Add(option);
        }

        var named = Array.FindIndex(Verbs, verb => verb.Name == firstWord);
        foreach (var (_, create) in named < 0 ? Verbs : [Verbs[named]])
        {
            root.Subcommands.Add(create(host));
        }

        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new VerbHelp((HelpAction)help.Action!);
        }

        return root;
    }
}
