using System.Globalization;
using System.Text;

namespace MlOps.Build.TestTrainer;

/// <summary>What a curious program finds out about the processes that it descends from.</summary>
internal static class OtherProcesses
{
    public static IEnumerable<string> Seen()
    {
        for (var id = ParentOf("self"); id > 0; id = ParentOf(id.ToString(CultureInfo.InvariantCulture)))
        {
            foreach (var file in (string[])["cmdline", "environ"])
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{id} {file}: {Text($"/proc/{id}/{file}")}");
            }

            foreach (var socket in Directory.GetFileSystemEntries(Path.GetTempPath(), $"*-{id}-*"))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{id} socket: {Path.GetFileName(socket)}");
            }
        }
    }

    private static int ParentOf(string process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ')[2], CultureInfo.InvariantCulture);
    }

    private static string Text(string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(file)).Replace('\0', ' ');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "refused";
        }
    }
}
