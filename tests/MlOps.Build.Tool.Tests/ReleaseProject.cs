using MlOps.Build.CrashHost;

namespace MlOps.Build.Tool.Tests;

/// <summary>A project with a registry and two environments, on whose folder whole command lines run.</summary>
internal sealed class ReleaseProject : IDisposable
{
    public ReleaseProject()
    {
        Tool.Write("mlops.yml", """
            model: late-flights
            task: binary-classification
            data: { source: data/*.parquet, label: late }
            train: { project: src/Training }
            environments:
              staging: { path: deploy/staging }
              production: { path: deploy/production, approvals: 1, approvers: [{ name: ana, publicKey: keys/ana.pub }] }
            """);
        World = new ReleaseWorld(Tool.Folder, TimeProvider.System)
        {
            Production = new()
            {
                Name = "production",
                Path = "deploy/production",
                Approvals = 1,
                Approvers = [new("ana", "keys/ana.pub")],
            },
        };
        World.Create();
    }

    public ToolFixture Tool { get; } = new();

    public ReleaseWorld World { get; }

    public void Dispose() => Tool.Dispose();
}
