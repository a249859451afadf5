using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Processes;

/// <summary>
/// Trainers and scorers whose mlops was killed: one that does not listen to the end of its stdin works on. They are known
/// by the request in their environment, which names the folder they work for; only Linux shows it.
/// </summary>
internal static class StrayPrograms
{
    /// <summary>Ends those that work for a folder and says how many processes that was.</summary>
    public static async Task<int> EndAsync(string folder, TimeProvider time)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        var request = $"\0{TrainerEnvironment.RequestVariable}={Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))}{Path.DirectorySeparatorChar}";
        return await ProcessTree.KillAsync(new LinuxProcessTable(root: 0, request), time);
    }
}
