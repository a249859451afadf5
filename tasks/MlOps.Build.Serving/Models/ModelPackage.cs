using MlOps.Build.Contracts;

namespace MlOps.Build.Serving;

/// <summary>A model folder whose every byte was checked; holds the bytes of the model to load.</summary>
/// <param name="Digest">The model digest.</param>
/// <param name="Task">What kind of model it is.</param>
/// <param name="ModelBytes">The ML.NET model: the bytes that were hashed, not a second read of the file.</param>
/// <param name="Context">What its answers need: columns and classes, the threshold.</param>
internal sealed record ModelPackage(string Digest, ModelTask Task, byte[] ModelBytes, AnswerContext Context)
{
    private const string SchemaFile = "schema.json";

    /// <summary>Reads the package of a slot and refuses it unless every file is what its manifest says.</summary>
    /// <exception cref="ProblemException">Something is missing, surplus or changed.</exception>
    public static ModelPackage Read(string environment, DeploymentSlot slot, string modelFile)
    {
        var folder = Folder(environment, slot);
        var manifest = Documents.Read<ModelManifest>(Path.Combine(folder, "model.json"));
        var root = Contracts.Digest.MerkleRoot(manifest.Files);
        if (root != slot.Digest || manifest.ModelDigest != slot.Digest)
        {
            throw Changed(slot, "model.json", $"its files make '{root}', its modelDigest is '{manifest.ModelDigest}'");
        }

        RefuseSurplus(folder, slot, manifest);
        var kept = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in manifest.Files)
        {
            if (Verify(folder, slot, file, keep: file.Path == modelFile || file.Path == SchemaFile) is { } bytes)
            {
                kept.Add(file.Path, bytes);
            }
        }

        var model = kept.GetValueOrDefault(modelFile)
            ?? throw new ProblemException(ServingProblems.NoModelFile(slot.Digest, modelFile));
        var schema = kept.TryGetValue(SchemaFile, out var json) ? Documents.Parse<ModelSchema>(json, SchemaFile) : null;
        return new ModelPackage(slot.Digest, manifest.Task, model, new(schema, manifest.Threshold?.Value ?? AnswerContext.DefaultThreshold));
    }

    private static string Folder(string environment, DeploymentSlot slot)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(environment)) + Path.DirectorySeparatorChar;
        var folder = slot.Path.Contains('\0', StringComparison.Ordinal)
            ? string.Empty
            : Path.GetFullPath(Path.Combine(root, slot.Path));
        return folder.StartsWith(root, StringComparison.Ordinal)
            ? folder
            : throw new ProblemException(ServingProblems.PathOutside(slot.Path));
    }

    private static byte[]? Verify(string folder, DeploymentSlot slot, FileDigest file, bool keep)
    {
        var path = Path.Combine(folder, "model", file.Path);
        if (file.Path.Split('/', '\\').Contains("..") || Path.IsPathRooted(file.Path) || !File.Exists(path))
        {
            throw Changed(slot, file.Path, "it is missing");
        }

        if (new FileInfo(path).Length is var length && length != file.Size)
        {
            throw Changed(slot, file.Path, $"it has {length} bytes instead of {file.Size}");
        }

        var bytes = keep ? File.ReadAllBytes(path) : null;
        var digest = bytes is null ? Contracts.Digest.OfFile(path) : Contracts.Digest.Of(bytes);
        return digest == file.Digest ? bytes : throw Changed(slot, file.Path, $"it is '{digest}'");
    }

    private static void RefuseSurplus(string folder, DeploymentSlot slot, ModelManifest manifest)
    {
        var directory = Path.Combine(folder, "model");
        if (!Directory.Exists(directory))
        {
            throw Changed(slot, "model/", "the folder is missing");
        }

        var known = manifest.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var surplus = Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(directory, path).Replace(Path.DirectorySeparatorChar, '/'))
            .FirstOrDefault(path => !known.Contains(path));
        if (surplus is not null)
        {
            throw Changed(slot, surplus, "model.json does not name it");
        }
    }

    private static ProblemException Changed(DeploymentSlot slot, string file, string found)
        => new(ServingProblems.Changed(slot.Digest, file, found));
}
