using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using MlOps.Build.Contracts;

namespace MlOps.Build.Tool.Application;

/// <summary>Help with an example first and the exit codes last.</summary>
internal sealed class VerbHelp(HelpAction standard) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var verb = parseResult.CommandResult.Command as VerbCommand;
        foreach (var example in verb?.Examples ?? [])
        {
            output.WriteLine($"  {example}");
        }

        if (verb is { Examples.Count: > 0 })
        {
            output.WriteLine();
        }

        var code = standard.Invoke(parseResult);
        if (verb is not null && verb.Action is not null)
        {
            output.WriteLine("Exit codes:");
            foreach (var exit in verb.Exits.Append(ExitCode.Usage).Append(ExitCode.Bug).Distinct().Order())
            {
                output.WriteLine($"  {(int)exit,-4}{Meaning(exit)}");
            }
        }

        return code;
    }

    private static string Meaning(ExitCode exit) => exit switch
    {
        ExitCode.Ok => "done, or the answer is yes",
        ExitCode.No => "the answer is no",
        ExitCode.Usage => "the command line or mlops.yml is wrong",
        ExitCode.Unavailable => "something needed is missing or unreachable",
        ExitCode.CannotTell => "the evidence does not decide",
        ExitCode.Refused => "refused: integrity or approval does not hold",
        ExitCode.Cancelled => "cancelled",
        _ => "a bug in mlops",
    };
}
