using Cake.Common.IO;

namespace MlOps.Build.Tasks;

[TaskName("Clean")]
[TaskDescription("Removes build outputs; the build itself runs from there and stays.")]
public sealed class Clean : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        foreach (var folder in new[] { context.Packages, context.Action, context.TestResults, context.Artifacts.Combine("publish") })
        {
            context.EnsureDirectoryDoesNotExist(folder);
        }

        foreach (var kind in new[] { "bin", "obj" })
        {
            var projects = context.GetSubDirectories(context.Artifacts.Combine(kind))
                .Where(folder => folder.GetDirectoryName() != "Build");
            context.DeleteDirectories(projects, new DeleteDirectorySettings { Recursive = true, Force = true });
        }
    }

    public override bool ShouldRun(BuildContext context) => context.DirectoryExists(context.Artifacts.Combine("bin"));
}
