using System.Runtime.InteropServices;
using Cake.Common;
using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Publish;
using Cake.Common.Tools.DotNet.Run;
using Cake.Core;
using Cake.Core.IO;

namespace MlOps.Build.Tasks;

[TaskName("Bench")]
[TaskDescription("Measures speed and memory and writes docs/benchmarks.md; --only=<name> for one of them.")]
[IsDependentOn(typeof(Compile))]
public sealed class Bench : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        // What is measured is what people get: the engine that the packages hold, compiled ahead of time.
        var platform = RuntimeInformation.RuntimeIdentifier;
        context.DotNetPublish(context.ToolProject.FullPath, new DotNetPublishSettings
        {
            Configuration = "Release",
            Runtime = platform,
            SelfContained = false,
            NoLogo = true,
            Verbosity = DotNetVerbosity.Quiet,
        });
        Measure(context);
    }

    private static void Measure(BuildContext context) => context.DotNetRun(
        context.Root.CombineWithFilePath("tests/Benchmarks/Benchmarks.csproj").FullPath,
        new ProcessArgumentBuilder().Append(context.Argument("only", "all")),
        new DotNetRunSettings { Configuration = "Release", NoBuild = context.BuildConfiguration == "Release" });
}
