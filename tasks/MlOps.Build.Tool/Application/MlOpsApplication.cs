using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using MlOps.Build.Contracts;
using MlOps.Build.Tool.Verbs;

namespace MlOps.Build.Tool.Application;

/// <summary>From words to an exit code.</summary>
public static class MlOpsApplication
{
    /// <summary>Runs one command line.</summary>
    /// <returns>An <see cref="ExitCode"/> as a number.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "The top of the program: whatever a verb throws becomes a message and an exit code.")]
    public static async Task<int> RunAsync(IReadOnlyList<string> args, ToolHost host, CancellationToken cancellation)
    {
        // Build servers ask for it before every job; it needs no table of verbs.
        if (args is ["--version"])
        {
            await host.Output.WriteLineAsync(BugReport.Version);
            return (int)ExitCode.Ok;
        }

        var root = VerbTable.CreateRoot(host, args.Count == 0 ? null : args[0]);
        var words = root.Parse(args.Count == 0 ? ["--help"] : args);
        var asJson = args.SkipWhile(word => word is not ("--output" or "-o")).Skip(1).FirstOrDefault() == "json"
            || args.Contains("--output=json", StringComparer.Ordinal);
        if (words.Errors.Count > 0 && words.Action is not VerbHelp)
        {
            return ProblemPrinter.Print(host, UsageProblem(words), asJson);
        }

        try
        {
            return await words.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = host.Output,
                    Error = host.Error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                },
                cancellation);
        }
        catch (ProblemException exception)
        {
            return ProblemPrinter.Print(host, exception.Problem, IsJson(words));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            if (IsJson(words))
            {
                return ProblemPrinter.Print(host, Cancelled, asJson: true);
            }

            await host.Error.WriteLineAsync("cancelled: nothing is half written; run the same command again to go on.");
            return (int)ExitCode.Cancelled;
        }
        catch (Exception exception)
        {
            return BugReport.Write(host, args, exception, IsJson(words));
        }
    }

    private static Problem Cancelled { get; } = new(
        "MLO2071",
        "The command was cancelled.",
        "Somebody pressed Ctrl+C, or the build server ended the job. Nothing is half written.",
        "Run the same command again to go on.")
    {
        Exit = ExitCode.Cancelled,
    };

    /// <summary>However the option was spelled: <c>-o=json</c> and <c>--output:json</c> mean the same.</summary>
    private static bool IsJson(ParseResult words) => words.GetValue(GlobalOptions.Output) == OutputFormat.Json;

    private static Problem UsageProblem(ParseResult words)
    {
        var command = words.CommandResult.Command;
        var path = string.Join(' ', command.Parents.OfType<Command>().Reverse().Append(command)
            .Select(part => part is RootCommand ? "mlops" : part.Name));
        return new(
            "MLO2002",
            $"'{path}' was not understood.",
            string.Join(" ", words.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal)),
            $"`{path} --help` shows an example and all options.");
    }
}
