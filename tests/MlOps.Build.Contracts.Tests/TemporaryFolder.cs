namespace MlOps.Build.Contracts.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops contracts ü ");

    public string Path => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);
}
