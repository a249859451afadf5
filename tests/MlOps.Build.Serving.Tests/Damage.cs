using MlOps.Build.Contracts;

namespace MlOps.Build.Serving.Tests;

/// <summary>Ways in which a deployment goes wrong.</summary>
internal static class Damage
{
    public static void Do(string damage, TestEnvironment environment, string digest)
    {
        var folder = environment.FolderOf(digest);
        var slot = TestEnvironment.Slot(digest);
        switch (damage)
        {
            case "manifest-missing":
                File.Delete(Path.Combine(folder, "model.json"));
                break;
            case "manifest-changed":
                var manifest = Models.Second.Manifest();
                AtomicFile.Write(
                    Path.Combine(folder, "model.json"),
                    manifest with { Files = [manifest.Files[0] with { Digest = Digest.Of("another") }] });
                break;
            case "file-missing":
                File.Delete(environment.ModelFileOf(digest));
                break;
            case "file-truncated":
                File.WriteAllBytes(environment.ModelFileOf(digest), [1, 2, 3]);
                break;
            case "file-surplus":
                File.WriteAllText(Path.Combine(folder, "model", "more.bin"), "more");
                break;
            case "folder-missing":
                Directory.Delete(Path.Combine(folder, "model"), recursive: true);
                break;
            case "no-model":
                slot = TestEnvironment.Slot(environment.Add(TestModel.OfBytes([1, 2, 3])));
                break;
            case "other-columns":
                slot = TestEnvironment.Slot(environment.Add(TestModel.WithAnotherColumn()));
                break;
            case "garbled":
                AtomicFile.Write(environment.DeploymentFile, "{ \"schema\": \"mlops/depl");
                return;
            case "empty":
                AtomicFile.Write(environment.DeploymentFile, string.Empty);
                return;
            case "huge":
                AtomicFile.Write(environment.DeploymentFile, new string(' ', 2_000_000));
                return;
            case "removed":
                File.Delete(environment.DeploymentFile);
                return;
        }

        DeploymentSlot[] slots = damage switch
        {
            "two-slots" => [slot with { Weight = 0.9 }, slot with { Weight = 0.1 }],
            "mirror" => [slot, slot with { Weight = 0, Mirror = true }],
            "half-weight" => [slot with { Weight = 0.5 }],
            "no-slot" => [],
            "path-outside" => [slot with { Path = "../models" }],
            "path-nul" => [slot with { Path = "models/\0" }],
            _ => [slot],
        };
        AtomicFile.Write(environment.DeploymentFile, environment.Record(slots));
    }
}
