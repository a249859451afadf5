using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOps.Build.Extension;

/// <summary>Puts together what the extension for Azure DevOps is packed of: its own files, the launcher and the engines.</summary>
public static class ExtensionFolder
{
    public const string Task = "MlOpsBuild";

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the folder anew.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="folder">Where it is written.</param>
    /// <param name="version">The version of the packages, such as <c>1.4.2</c> or <c>0.1.0-alpha.0.79</c>.</param>
    /// <param name="engines">A folder that holds one with an engine for each platform.</param>
    public static void Write(string root, string folder, string version, string engines)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Copy(Path.Combine(root, "tasks", "azure-devops"), folder);
        Copy(Path.Combine(root, "tasks", "launcher"), Path.Combine(folder, Task, "launcher"));
        Copy(engines, Path.Combine(folder, Task, "engine"));
        File.Copy(Path.Combine(root, "LICENSE"), Path.Combine(folder, "LICENSE.txt"));
        var numbers = Numbers(version);
        Edit(Path.Combine(folder, "vss-extension.json"), manifest => manifest["version"] = string.Join('.', numbers));
        if (numbers[0] > 0)
        {
            // Until 1.0.0 the task stays what the repository says: a pipeline names its major version.
            Edit(Path.Combine(folder, Task, "task.json"), task => task["version"] = new JsonObject { ["Major"] = numbers[0], ["Minor"] = numbers[1], ["Patch"] = numbers[2] });
        }
    }

    /// <summary>Major, minor and patch; a host knows no pre-releases.</summary>
    private static int[] Numbers(string version)
        => [.. version.Split('-', '+')[0].Split('.').Take(3).Select(part => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture))];

    private static void Edit(string file, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        change(json);
        File.WriteAllText(file, json.ToJsonString(Layout) + "\n");
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
