using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Build;

namespace MlOps.Build.Tasks;

[TaskName("Compile")]
[TaskDescription("Compiles the solution; a warning is an error.")]
[IsDependentOn(typeof(Restore))]
public sealed class Compile : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.DotNetBuild(
        context.Solution.FullPath,
        new DotNetBuildSettings
        {
            Configuration = context.BuildConfiguration,
            NoRestore = true,
            NoLogo = true,
            Verbosity = DotNetVerbosity.Quiet,
        });
}
