using System.CommandLine;
using System.CommandLine.Help;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Verbs.Approve;
using MlOps.Build.Tool.Verbs.Audit;
using MlOps.Build.Tool.Verbs.Ci;
using MlOps.Build.Tool.Verbs.Config;
using MlOps.Build.Tool.Verbs.Data;
using MlOps.Build.Tool.Verbs.Deploy;
using MlOps.Build.Tool.Verbs.Doctor;
using MlOps.Build.Tool.Verbs.Evaluate;
using MlOps.Build.Tool.Verbs.Gate;
using MlOps.Build.Tool.Verbs.Models;
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
    public static RootCommand CreateRoot(ToolHost host)
    {
        var root = new RootCommand("Trains, gates, approves, deploys and rolls back models. Start with `dotnet new mlops-project`.");
        foreach (var option in GlobalOptions.All)
        {
            root.Options.Add(option);
        }

        foreach (var command in Commands(host))
        {
            root.Subcommands.Add(command);
        }

        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new VerbHelp((HelpAction)help.Action!);
        }

        return root;
    }

    private static IEnumerable<Command> Commands(ToolHost host) =>
    [
        RunCommand.Create(host),
        TrainCommand.Create(host),
        ScoreCommand.Create(host),
        RegisterCommand.Create(host),
        ModelsCommand.Create(host),
        ApproveCommand.Approve(host),
        ApproveCommand.Reject(host),
        DeployCommand.Deploy(host),
        DeployCommand.Status(host),
        DeployCommand.Rollback(host),
        AuditCommand.Create(host),
        CiCommand.Create(host),
        DoctorCommand.Create(host),
        ConfigCommand.Create(host),
        EvaluateCommand.Create(host),
        GateCommand.Create(host),
        DataCommand.Create(host),
        ReportCommand.Create(host),
        RunsCommand.Create(host),
    ];
}
