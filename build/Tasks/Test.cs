using System.Globalization;
using System.Xml.Linq;
using Cake.Common;
using Cake.Common.Diagnostics;
using Cake.Common.IO;
using Cake.Core;
using Cake.Core.IO;

namespace MlOps.Build.Tasks;

[TaskName("Test")]
[TaskDescription("Runs every test suite and prints `N passed, N failed`.")]
[IsDependentOn(typeof(Format))]
[IsDependentOn(typeof(Compile))]
[IsDependentOn(typeof(Pack))]
public sealed class Test : FrostingTask<BuildContext>
{
    private const string SharedDataSuite = "MlOps.Build.SharedData.Tests";

    /// <summary>The slowest suite takes five minutes on two processors.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(25);

    public override void Run(BuildContext context)
    {
        context.CleanDirectory(context.TestResults);
        var suites = context.GetFiles(context.Root.CombineWithFilePath("tests/*.Tests/*.Tests.csproj").FullPath)
            .Select(project => project.GetFilenameWithoutExtension().ToString())
            .Where(suite => Selected(context, suite))
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (suites.Contains("MlOps.Build.Conformance.Tests") || suites.Contains("MlOps.Build.Engine.Tests"))
        {
            Prerequisites.Ensure(context);
        }

        var results = suites.Select(suite => RunSuite(context, suite)).ToArray();
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{results.Sum(result => result.Passed)} passed, {results.Sum(result => result.Failed)} failed");
        File.WriteAllText(context.TestResults.CombineWithFilePath("summary.txt").FullPath, summary + "\n");
        context.Information("{0}", summary);
        var broken = results.Where(result => result.IsBroken).Select(result => result.Suite).ToArray();
        if (broken.Length > 0)
        {
            throw new CakeException($"These suites failed, skipped tests or ran none: {string.Join(", ", broken)}. Their output is above.");
        }
    }

    private static bool Selected(BuildContext context, string suite)
    {
        if (context.Argument("suite", suite) is var wanted && !suite.Contains(wanted, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (suite != SharedDataSuite || context.DirectoryExists(context.Root.Combine("../shared/golden")))
        {
            return true;
        }

        context.Information("{0} is left out: the reference data it reads is not beside this repository.", suite);
        return false;
    }

    private static SuiteResult RunSuite(BuildContext context, string suite)
    {
        var report = context.TestResults.CombineWithFilePath($"{suite}.xml");
        var program = context.Artifacts.CombineWithFilePath(
            $"bin/{suite}/{context.BuildConfiguration.ToLowerInvariant()}/{suite}.dll");
        var exit = SuiteProcess.Run(
            [program.FullPath, "-noColor", "-noLogo", "-reporter", "quiet", "-longRunning", "300", "-result-xml", report.FullPath], context.Root.FullPath, Limit);
        if (exit == SuiteProcess.TimedOut)
        {
            context.Error("  {0} was ended after {1} minutes: a test hangs. Tests that took longer than five are named above.", suite, Limit.TotalMinutes);
        }

        var result = SuiteResult.Read(suite, report.FullPath, exit);
        context.Information(
            "  {0}: {1} passed, {2} failed, {3} skipped ({4} s)", suite, result.Passed, result.Failed, result.Skipped, result.Seconds);
        return result;
    }

    private sealed record SuiteResult(string Suite, int Passed, int Failed, int Skipped, string Seconds, int Exit)
    {
        public bool IsBroken => Exit != 0 || Failed > 0 || Skipped > 0 || Passed == 0;

        public static SuiteResult Read(string suite, string report, int exit)
        {
            if (!File.Exists(report))
            {
                return new(suite, 0, 1, 0, "0", exit == 0 ? 1 : exit);
            }

            var assemblies = XDocument.Load(report).Descendants("assembly").ToArray();
            return new(
                suite,
                Sum("passed"),
                Sum("failed") + Sum("errors"),
                Sum("skipped") + Sum("not-run"),
                assemblies.Select(assembly => (string?)assembly.Attribute("time")).FirstOrDefault() ?? "0",
                exit);

            int Sum(string name) => assemblies.Sum(assembly => (int?)assembly.Attribute(name) ?? 0);
        }
    }
}
