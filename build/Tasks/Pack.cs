using System.Globalization;
using Cake.Common.Diagnostics;
using Cake.Common.IO;
using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.MSBuild;
using Cake.Common.Tools.DotNet.Pack;
using Cake.Common.Tools.DotNet.Publish;

namespace MlOps.Build.Tasks;

[TaskName("Pack")]
[TaskDescription("Writes artifacts/packages (a local feed) and artifacts/action (the GitHub Action).")]
[IsDependentOn(typeof(Compile))]
public sealed class Pack : FrostingTask<BuildContext>
{
    private static readonly string[] Platforms = ["linux-x64", "win-x64"];

    public override void Run(BuildContext context)
    {
        context.CleanDirectory(context.Packages);
        context.DotNetPack(context.Solution.FullPath, new DotNetPackSettings
        {
            Configuration = context.BuildConfiguration,
            NoBuild = true,
            NoLogo = true,
            Verbosity = DotNetVerbosity.Quiet,
            OutputDirectory = context.Packages,
            MSBuildSettings = new DotNetMSBuildSettings().WithProperty("PackTool", "false"),
        });
        context.DotNetPack(context.ToolProject.FullPath, new DotNetPackSettings
        {
            Configuration = context.BuildConfiguration,
            NoLogo = true,
            Verbosity = DotNetVerbosity.Quiet,
            OutputDirectory = context.Packages,
        });
        foreach (var package in context.GetFiles($"{context.Packages}/*.nupkg").OrderBy(file => file.FullPath, StringComparer.Ordinal))
        {
            context.Information("  {0} ({1})", package.GetFilename(), Size(new FileInfo(package.FullPath).Length));
        }

        PackAction(context);
    }

    private static void PackAction(BuildContext context)
    {
        context.CleanDirectory(context.Action);
        context.CopyFileToDirectory(context.Root.CombineWithFilePath("action.yml"), context.Action);
        context.CopyFileToDirectory(context.Root.CombineWithFilePath("LICENSE"), context.Action);
        context.CopyDirectory(context.Root.Combine("tasks/launcher"), context.Action.Combine("tasks/launcher"));
        foreach (var platform in Platforms)
        {
            var engine = context.Action.Combine("tasks/engine").Combine(platform);
            context.DotNetPublish(context.ToolProject.FullPath, new DotNetPublishSettings
            {
                Configuration = context.BuildConfiguration,
                Runtime = platform,
                SelfContained = false,
                NoLogo = true,
                Verbosity = DotNetVerbosity.Quiet,
                OutputDirectory = engine,
            });
            EngineDigest.Write(engine.FullPath);
            context.Information("  action engine {0}: {1}", platform, Size(SizeOf(engine.FullPath)));
        }

        context.Information("  artifacts/action: {0}", Size(SizeOf(context.Action.FullPath)));
    }

    private static long SizeOf(string folder)
        => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private static string Size(long bytes)
        => bytes < 1_000_000
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0} kB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
