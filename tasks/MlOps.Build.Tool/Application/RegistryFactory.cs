using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Deployment;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Engine.Storage;
using MlOps.Build.Engine.Storage.Git;

namespace MlOps.Build.Tool.Application;

/// <summary>Wires the registry of a project to the world.</summary>
internal static class RegistryFactory
{
    public static DeploymentWorld World(VerbContext context)
    {
        var project = context.Configuration();
        var time = context.Host.Time;
        var host = HostProbe.Of(context.Host.Environment);
        var author = new Author(host.Actor, host);
        var store = Store(context.ProjectRoot, project, context.Host);
        return new DeploymentWorld
        {
            Project = project,
            ProjectRoot = context.ProjectRoot,
            Log = new RegistryLog(store, time, author),
            Blobs = new PackageBlobs(store),
            Author = author,
            Time = time,
        };
    }

    /// <summary>Who is asked on a command line: the protected branch.</summary>
    public static IReadOnlyList<IVoucher> Vouchers(VerbContext context) =>
    [
        new PromotionVoucher(context.ProjectRoot, null, new ProcessRunner(context.Host.Environment, context.Host.Time), context.Host.Environment),
    ];

    /// <summary>Puts models into it, with the names of those who made them.</summary>
    public static RegisterHandler Register(VerbContext context, DeploymentWorld world) => new(
        world.Project,
        world.Log,
        world.Blobs,
        world.Time,
        authors: new ChangeAuthors(context.ProjectRoot, new ProcessRunner(context.Host.Environment, context.Host.Time), context.Host.Environment));

    /// <summary>The store that mlops.yml names; the reader of the configuration knows which there are.</summary>
    public static IRegistryStore Store(string projectRoot, ProjectConfiguration project, ToolHost host)
        => project.Registry.Store == "git"
            ? new GitBranchStore(
                projectRoot, project.Registry, new ProcessRunner(host.Environment, host.Time), host.Environment, host.Time)
            : new FolderStore(Path.GetFullPath(project.Registry.Path, projectRoot), host.Time);
}
