using Cake.Common.Tools.DotNet;

namespace MlOps.Build.Tasks;

[TaskName("Restore")]
[TaskDescription("Restores the packages of the solution.")]
public sealed class Restore : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.DotNetRestore(context.Solution.FullPath);
}
