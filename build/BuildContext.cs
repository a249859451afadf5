using Cake.Common;
using Cake.Core;
using Cake.Core.IO;

namespace MlOps.Build;

/// <summary>Where things lie and how they are built.</summary>
public sealed class BuildContext : FrostingContext
{
    public BuildContext(ICakeContext context)
        : base(context)
    {
        BuildConfiguration = context.Argument("configuration", "Release");
        Root = FindRoot(context);
        context.Environment.WorkingDirectory = Root;
    }

    public string BuildConfiguration { get; }

    public DirectoryPath Root { get; }

    public FilePath Solution => Root.CombineWithFilePath("MlOps.Build.sln");

    /// <summary>The engine; it is packed and published per platform.</summary>
    public FilePath ToolProject => Root.CombineWithFilePath("tasks/MlOps.Build.Tool/MlOps.Build.Tool.csproj");

    public DirectoryPath Artifacts => Root.Combine("artifacts");

    /// <summary>The local feed that Pack fills.</summary>
    public DirectoryPath Packages => Artifacts.Combine("packages");

    public DirectoryPath Action => Artifacts.Combine("action");

    /// <summary>The extension for Azure DevOps.</summary>
    public DirectoryPath Extension => Artifacts.Combine("azure-devops");

    public DirectoryPath TestResults => Artifacts.Combine("test-results");

    private static DirectoryPath FindRoot(ICakeContext context)
    {
        var folder = context.Environment.WorkingDirectory;
        while (!context.FileSystem.Exist(folder.CombineWithFilePath("MlOps.Build.sln")))
        {
            folder = folder.GetParent()
                ?? throw new CakeException("MlOps.Build.sln was not found. Run the build inside the repository.");
        }

        return folder;
    }
}
