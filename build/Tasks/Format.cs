using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Format;

namespace MlOps.Build.Tasks;

[TaskName("Format")]
[TaskDescription("Fails where `dotnet format` would change a file.")]
[IsDependentOn(typeof(Restore))]
public sealed class Format : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.DotNetFormat(
        context.Solution.FullPath,
        new DotNetFormatSettings { VerifyNoChanges = true, NoRestore = true });
}
