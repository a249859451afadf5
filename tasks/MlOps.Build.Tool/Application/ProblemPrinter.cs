using System.Globalization;
using System.Text;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Tool.Application;

/// <summary>The one place that prints problems.</summary>
internal static class ProblemPrinter
{
    /// <summary>Prints a problem for people on stderr and, under <c>--output json</c>, as a document on stdout.</summary>
    public static int Print(ToolHost host, Problem problem, bool asJson)
    {
        // The last lines of somebody else's program are part of many problems.
        problem = problem with
        {
            What = SecretRedactor.Redact(problem.What),
            Why = SecretRedactor.Redact(problem.Why),
            Fix = SecretRedactor.Redact(problem.Fix),
        };
        foreach (var line in Text(problem).Split(Environment.NewLine))
        {
            // What users and their data are called must not speak to the build server.
            host.Error.WriteLine(OutputNeutraliser.Neutralise(line));
        }

        if (asJson)
        {
            host.Output.Write(Encoding.UTF8.GetString(Documents.Write(problem.ToDocument())));
        }

        return (int)problem.Exit;
    }

    /// <summary>The three lines of a problem; the first has the form that editors and build servers match.</summary>
    public static string Text(Problem problem)
    {
        var place = problem.Place is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"{at.File}:{at.Line}:{at.Column}: ")
            : string.Empty;
        return $"{place}error {problem.Code}: {problem.What}{Environment.NewLine}  {problem.Why}{Environment.NewLine}  fix: {problem.Fix}";
    }
}
