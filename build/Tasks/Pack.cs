using System.Globalization;
using System.Text.RegularExpressions;
using Cake.Common;
using Cake.Common.Diagnostics;
using Cake.Common.IO;
using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.MSBuild;
using Cake.Common.Tools.DotNet.Pack;
using Cake.Common.Tools.DotNet.Publish;
using Cake.Core;
using Cake.Core.IO;
using MlOps.Build.Extension;

namespace MlOps.Build.Tasks;

[TaskName("Pack")]
[TaskDescription("Writes artifacts/packages (a local feed), artifacts/action (the GitHub Action) and artifacts/azure-devops (the extension).")]
[IsDependentOn(typeof(Compile))]
public sealed partial class Pack : FrostingTask<BuildContext>
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

        var version = VersionOf(context);
        PackAction(context, version);
        PackExtension(context, version);
    }

    /// <summary>Of the package that the launcher may fetch.</summary>
    private static string VersionOf(BuildContext context)
        => context.GetFiles($"{context.Packages}/*.nupkg")
            .Select(file => ToolPackage().Match(file.GetFilename().ToString()))
            .Single(match => match.Success).Groups["version"].Value;

    private static void PackAction(BuildContext context, string version)
    {
        context.CleanDirectory(context.Action);
        context.CopyFileToDirectory(context.Root.CombineWithFilePath("action.yml"), context.Action);
        context.CopyFileToDirectory(context.Root.CombineWithFilePath("LICENSE"), context.Action);
        context.CopyDirectory(context.Root.Combine("tasks/launcher"), context.Action.Combine("tasks/launcher"));
        context.CopyDirectory(context.Root.Combine("tasks/github"), context.Action.Combine("tasks/github"));
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

        File.WriteAllText(context.Action.CombineWithFilePath("tasks/engine/version.txt").FullPath, version + "\n");
        context.Information("  artifacts/action: {0}", Size(SizeOf(context.Action.FullPath)));
    }

    /// <summary>The folder always; the package where npm has installed what packs it, which the conformance tests do.</summary>
    private static void PackExtension(BuildContext context, string version)
    {
        var folder = context.Extension.Combine("content");
        ExtensionFolder.Write(context.Root.FullPath, folder.FullPath, version, context.Action.Combine("tasks/engine").FullPath);
        var program = context.Artifacts.CombineWithFilePath("conformance/node_modules/tfx-cli/_build/tfx-cli.js");
        if (!context.FileExists(program))
        {
            context.Information("  {0}: {1}; no .vsix, since tfx-cli is not installed (the conformance tests install it)", folder.GetDirectoryName(), Size(SizeOf(folder.FullPath)));
            return;
        }

        var file = context.Extension.CombineWithFilePath($"mlops-build-{version}.vsix");
        var exit = context.StartProcess("node", new ProcessSettings
        {
            Arguments = new ProcessArgumentBuilder().AppendQuoted(program.FullPath).Append("extension create --manifests vss-extension.json --no-prompt --no-color --output-path").AppendQuoted(file.FullPath),
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }, out var output, out var errors);
        string[] lines = [.. output, .. errors];
        if (exit != 0 || lines.Any(line => line.Contains("warning:", StringComparison.OrdinalIgnoreCase)))
        {
            throw new CakeException($"The extension was not packed without a warning:\n{string.Join('\n', lines)}");
        }

        context.Information("  {0}: {1}", file.GetFilename(), Size(new FileInfo(file.FullPath).Length));
    }

    [GeneratedRegex(@"^MlOps\.Build\.Tool\.(?<version>[0-9].*)\.nupkg$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ToolPackage();

    private static long SizeOf(string folder)
        => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private static string Size(long bytes)
        => bytes < 1_000_000
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0} kB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
