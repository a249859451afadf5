using Cake.Common;
using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Run;
using Cake.Core;
using Cake.Core.IO;

namespace MlOps.Build.Tasks;

[TaskName("Bench")]
[TaskDescription("Measures speed and memory and writes docs/benchmarks.md; --only=<name> for one of them.")]
[IsDependentOn(typeof(Compile))]
public sealed class Bench : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.DotNetRun(
        context.Root.CombineWithFilePath("tests/Benchmarks/Benchmarks.csproj").FullPath,
        new ProcessArgumentBuilder().Append(context.Argument("only", "all")),
        new DotNetRunSettings { Configuration = "Release", NoBuild = context.BuildConfiguration == "Release" });
}
