using System.Text.Json.Nodes;
using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Engine.Tests.Registry;
using static MlOps.Build.Engine.Tests.Registry.ReleaseFixture;

namespace MlOps.Build.Engine.Tests.Deployment;

/// <summary>One byte or one field is changed somewhere; nothing is deployed from it, and the message says what it is.</summary>
public sealed class TamperTests : IDisposable
{
    private readonly ReleaseFixture fixture = new();

    private ReleaseWorld World => fixture.World;

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData("model file", "MLO2507")]
    [InlineData("scorer file", "MLO2507")]
    [InlineData("manifest", "MLO2507")]
    [InlineData("verdict", "MLO2507")]
    [InlineData("event", "MLO2501")]
    [InlineData("head", "MLO2501")]
    [InlineData("deployed file", "MLO2710")]
    [InlineData("deployment", "MLO2711")]
    public async Task One_flipped_byte_anywhere_refuses_the_deployment_and_fails_the_audit(string what, string code)
    {
        await World.GivenAsync("first", "second registered", "second approved");
        var path = await PathOfAsync(what);
        var bytes = await File.ReadAllBytesAsync(path, CancellationToken.None);
        var position = what == "deployment" ? IndexOf(bytes, World.DigestOf("first")) + 10 : bytes.Length / 2;
        bytes[position] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, CancellationToken.None);

        var problem = await RefusalOf(() => World.DeployAsync(World.DigestOf("second")));
        var audit = await World.AuditAsync();

        Assert.Equal((code, ExitCode.Refused), (problem.Code, problem.Exit));
        Assert.Equal(ExitCode.No, audit.Exit);
        Assert.NotEmpty(audit.Document.Faults);
    }

    [Theory]
    [InlineData("approver", "ben", "signed with the key of ana")]
    [InlineData("comment", "looks great", "signature does not fit")]
    [InlineData("environmentDigest", "sha256:0000000000000000000000000000000000000000000000000000000000000000", "terms")]
    [InlineData("verdictDigest", "sha256:0000000000000000000000000000000000000000000000000000000000000000", "verdict")]
    [InlineData("championDigest", "sha256:0000000000000000000000000000000000000000000000000000000000000000", "champion")]
    [InlineData("registryHead", "sha256:0000000000000000000000000000000000000000000000000000000000000000", "registry")]
    public async Task A_rewritten_approval_in_a_rewritten_chain_does_not_count(string field, string value, string words)
    {
        await World.GivenAsync("first", "second registered", "second approved");
        await RewriteLastAsync(body => body["approval"]![field] = value);

        await AssertRefused("MLO2706", words, () => World.DeployAsync());
    }

    [Fact]
    public async Task A_signature_taken_from_another_approval_does_not_count()
    {
        await World.GivenAsync("first");
        var old = (await World.StateAsync()).Approvals[0].Body.Signature!;
        await World.GivenAsync("second registered", "second approved");
        await RewriteLastAsync(body => body["signature"]!["value"] = old.Value);

        await AssertRefused("MLO2706", "signature does not fit", () => World.DeployAsync());
        Assert.Equal(ExitCode.No, (await World.AuditAsync()).Exit);
    }

    [Fact]
    public async Task A_registry_that_was_cut_cleanly_is_noticed_by_the_environment()
    {
        await World.GivenAsync("first", "second registered", "second approved", "second deployed");
        var chain = await World.Log.CheckAsync(ReleaseWorld.Model, CancellationToken.None);
        foreach (var seq in Enumerable.Range(5, chain.Events.Count - 4))
        {
            File.Delete(EventPath(seq));
        }

        AtomicFile.Write(HeadPath, new RegistryHead { Seq = 4, Digest = chain.Events[3].Digest });

        await AssertRefused("MLO2711", "cut or exchanged", () => World.DeployAsync(World.DigestOf("first")));
        Assert.Equal(ExitCode.No, (await World.AuditAsync()).Exit);
    }

    [Fact]
    public async Task A_deployment_that_nobody_made_is_noticed()
    {
        await World.GivenAsync("first");
        var path = Path.Combine(World.Deployed, "deployment.json");
        AtomicFile.Write(path, Documents.Read<DeploymentRecord>(path) with { Generation = 9 });

        await AssertRefused("MLO2711", "generation 9", () => World.DeployAsync("champion"));
    }

    [Fact]
    public async Task A_link_in_place_of_a_deployed_file_is_noticed()
    {
        await World.GivenAsync("first");
        var file = await PathOfAsync("deployed file");
        File.Move(file, file + ".moved");
        File.Move(file + ".moved", fixture.At("elsewhere"));
        File.CreateSymbolicLink(file, fixture.At("elsewhere"));

        await AssertRefused("MLO2710", "symbolic link", () => World.DeployAsync("champion"));
    }

    [Fact]
    public async Task A_blob_that_is_missing_is_named()
    {
        await World.GivenAsync("first", "second registered", "second approved");
        File.Delete(await PathOfAsync("model file"));

        await AssertRefused("MLO2507", "is missing", () => World.DeployAsync());
    }

    private async Task<string> PathOfAsync(string what)
    {
        var state = await World.StateAsync();
        var judged = state.Verdicts[^1].Body;
        return what switch
        {
            "event" => EventPath(3),
            "head" => HeadPath,
            "manifest" => BlobPath(judged.ManifestDigest),
            "verdict" => BlobPath(judged.VerdictDigest),
            "model file" => BlobPath(PackageBlobs.FilesOf(World.ModelFolder("second"))[0].Digest),
            "scorer file" => BlobPath(PackageBlobs.FilesOf(fixture.At("scorer"))[0].Digest),
            "deployment" => Path.Combine(World.Deployed, "deployment.json"),
            _ => Path.Combine(World.Deployed, "models", Digest.Hex(World.DigestOf("first")), "model", "model.zip"),
        };
    }

    /// <summary>What somebody with access to the whole registry can do: change the last event and all digests after it.</summary>
    private async Task RewriteLastAsync(Action<JsonNode> edit)
    {
        var last = (await World.StateAsync()).Events[^1];
        var body = JsonNode.Parse(last.Body.GetRawText())!;
        edit(body);
        using var document = System.Text.Json.JsonDocument.Parse(body.ToJsonString());
        var sealedEvent = EventChain.Seal(last with { Body = document.RootElement.Clone() });
        AtomicFile.Write(EventPath((int)last.Seq), sealedEvent);
        AtomicFile.Write(HeadPath, new RegistryHead { Seq = last.Seq, Digest = sealedEvent.Digest });
    }

    private string HeadPath => Path.Combine(World.Registry, "models", ReleaseWorld.Model, "head.json");

    private string EventPath(int seq) => Path.Combine(World.Registry, EventChain.KeyOf(ReleaseWorld.Model, seq));

    private string BlobPath(string digest)
        => Path.Combine(World.Registry, "blobs", "sha256", Digest.Hex(digest)[..2], Digest.Hex(digest));

    private static int IndexOf(byte[] bytes, string text)
        => bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text));
}
