using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Attestation;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Engine.Tests.Registry;

namespace MlOps.Build.Engine.Tests.Attestation;

/// <summary>A verdict that is attested can be checked by anybody, and nobody can change a byte of it.</summary>
public sealed class AttestationTests : IDisposable
{
    private readonly ReleaseFixture fixture = new(TimeProvider.System);

    public AttestationTests() => World.Production = World.Production with { RequireAttestation = true, Attesters = [new("ci", "keys/ben.pub")] };

    private ReleaseWorld World => fixture.World;

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task An_attested_model_is_deployed_and_one_that_is_not_is_refused()
    {
        new RunWriter(World) { Name = "first", Baseline = null }.Write();
        await World.RegisterAsync("first", bootstrap: true);
        await World.ApproveAsync();
        await ReleaseFixture.AssertRefused("MLO2607", "Its verdict is not attested.", () => World.DeployAsync());

        await RegisterAsync("ben.pem");

        Assert.False((await World.DeployAsync()).AlreadyDeployed);
        Assert.Equal(ExitCode.Ok, (await World.AuditAsync()).Exit);
    }

    [Fact]
    public async Task A_package_is_attested_after_it_was_registered_by_a_job_that_knows_its_digests()
    {
        var registration = await RegisteredAsync();
        var request = new AttestRequest(registration.ManifestDigest, registration.VerdictDigest);

        var first = await AttestAsync(request, "ben.pem");
        var events = await fixture.EventCountAsync();
        var again = await AttestAsync(request, "ben.pem");

        Assert.Equal((false, true), (first.AlreadyAttested, again.AlreadyAttested));
        Assert.Equal((events, first.AttestationDigest), (await fixture.EventCountAsync(), again.AttestationDigest));
        await World.ApproveAsync();
        Assert.False((await World.DeployAsync()).AlreadyDeployed);
    }

    [Fact]
    public async Task Nothing_is_attested_but_what_the_registry_has_with_that_verdict()
    {
        var registration = await RegisteredAsync();

        await ReleaseFixture.AssertRefused("MLO2620", "no such package", () => AttestAsync(new(registration.ManifestDigest, Digest.Of("other")), "ben.pem"));
        await ReleaseFixture.AssertRefused("MLO2620", "no such package", () => AttestAsync(new(Digest.Of("other"), registration.VerdictDigest), "ben.pem"));
        await ReleaseFixture.AssertRefused("MLO2620", "no such package", () => AttestAsync(new(string.Empty, string.Empty), "ben.pem"));
    }

    [Fact]
    public async Task A_package_whose_files_were_changed_is_not_attested()
    {
        var registration = await RegisteredAsync();
        var manifest = await World.Blobs.ManifestAsync(registration.ManifestDigest, TestContext.Current.CancellationToken);
        var path = Directory.EnumerateFiles(World.Registry, Digest.Hex(manifest.Files[0].Digest), SearchOption.AllDirectories).Single();
        File.SetAttributes(path, FileAttributes.Normal);
        File.Delete(path);

        await ReleaseFixture.AssertRefused("MLO2620", "is missing", () => AttestAsync(new(registration.ManifestDigest, registration.VerdictDigest), "ben.pem"));
    }

    [Fact]
    public async Task An_attestation_with_a_key_that_is_not_listed_is_refused()
    {
        new RunWriter(World) { Name = "first", Baseline = null }.Write();
        await RegisterAsync("mallory.pem");
        await World.ApproveAsync();

        await ReleaseFixture.AssertRefused("MLO2607", "a key that the environment does not list", () => World.DeployAsync());
    }

    [Fact]
    public async Task A_bundle_that_was_changed_in_the_registry_is_refused()
    {
        new RunWriter(World) { Name = "first", Baseline = null }.Write();
        await RegisterAsync("ben.pem");
        await World.ApproveAsync();
        var digest = (await World.StateAsync()).Verdicts[^1].Body.AttestationDigest!;
        var path = Directory.EnumerateFiles(World.Registry, digest["sha256:".Length..], SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        File.SetAttributes(path, FileAttributes.Normal);
        File.Delete(path);
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

        await ReleaseFixture.AssertRefused("MLO2507", "attestation.sigstore.json", () => World.DeployAsync());
    }

    [Fact]
    public async Task Every_byte_of_a_bundle_matters()
    {
        var (bundle, expected, attesters) = await BundleAsync();
        Assert.Null(AttestationCheck.Fault(bundle, expected, attesters));

        var survived = 0;
        for (var index = 0; index < bundle.Length; index++)
        {
            var changed = (byte[])bundle.Clone();
            changed[index] ^= 1;
            survived += AttestationCheck.Fault(changed, expected, attesters) is null ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{bundle.Length} bytes changed, {survived} changes survived");
        Assert.Equal(0, survived);
        Assert.NotNull(AttestationCheck.Fault([.. bundle, (byte)'\n'], expected, attesters));
    }

    [Fact]
    public async Task Another_package_or_verdict_cannot_borrow_an_attestation()
    {
        var (bundle, _, attesters) = await BundleAsync();
        var state = await World.StateAsync();
        var manifest = await World.Blobs.ManifestAsync(state.Verdicts[^1].Body.ManifestDigest, TestContext.Current.CancellationToken);
        var verdict = await World.Blobs.VerdictAsync(state.Verdicts[^1].Body.VerdictDigest, TestContext.Current.CancellationToken);
        var digest = state.Verdicts[^1].Body.ManifestDigest;

        byte[][] others =
        [
            VerdictStatement.Of(manifest with { Files = manifest.Files[1..] }, digest, verdict),
            VerdictStatement.Of(manifest, Digest.Of("other"), verdict),
            VerdictStatement.Of(manifest, digest, verdict with { Sentence = "Worse." }),
            VerdictStatement.Of(manifest, digest, verdict with { Kind = VerdictKind.Warn }),
        ];

        Assert.All(others, other => Assert.Contains("about another", AttestationCheck.Fault(bundle, other, attesters), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_statement_names_every_file_of_the_package()
    {
        var (bundle, _, _) = await BundleAsync();

        using var statement = JsonDocument.Parse(AttestationBundle.TryRead(bundle)!.Payload);

        var names = statement.RootElement.GetProperty("subject").EnumerateArray().Select(subject => subject.GetProperty("name").GetString());
        Assert.Equal(["model.json", "model/model.zip", "model/vocabulary/words.txt", "scorer/Scorer.dll", "scorer/runtimes/linux/native.so"], names);
        Assert.Equal("https://in-toto.io/Statement/v1", statement.RootElement.GetProperty("_type").GetString());
        Assert.Equal("pass", statement.RootElement.GetProperty("predicate").GetProperty("verdict").GetString());
    }

    [Fact]
    public void The_encoding_is_that_of_the_specification()
        => Assert.Equal("DSSEv1 29 http://example.com/HelloWorld 11 hello world", Encoding.UTF8.GetString(Dsse.Encode("http://example.com/HelloWorld", "hello world"u8)));

    [Fact]
    public async Task Openssl_verifies_the_signature_over_the_encoded_bytes()
    {
        var (bundle, _, _) = await BundleAsync();
        var read = AttestationBundle.TryRead(bundle)!;
        AtomicFile.Write(fixture.At("readme"), "x");
        await File.WriteAllBytesAsync(fixture.At("pae.bin"), Dsse.Encode(Dsse.InTotoType, read.Payload), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(fixture.At("sig.der"), read.Signature, TestContext.Current.CancellationToken);

        Assert.Equal("Verified OK", await OpensslAsync("ben.pub"));
        Assert.Equal("Verification failure", await OpensslAsync("mallory.pub"));
    }

    private async Task<string> OpensslAsync(string key)
    {
        var start = new ProcessStartInfo("openssl") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])["dgst", "-sha256", "-verify", fixture.At("keys", key), "-signature", fixture.At("sig.der"), fixture.At("pae.bin")])
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return said.Split('\n')[0].Trim();
    }

    private async Task<(byte[] Bundle, byte[] Expected, IReadOnlyList<KnownApprover> Attesters)> BundleAsync()
    {
        new RunWriter(World) { Name = "first", Baseline = null }.Write();
        await RegisterAsync("ben.pem");
        var judged = (await World.StateAsync()).Verdicts[^1].Body;
        var cancellation = TestContext.Current.CancellationToken;
        return (
            await World.Blobs.BytesAsync(judged.AttestationDigest!, "bundle", cancellation),
            VerdictStatement.Of(
                await World.Blobs.ManifestAsync(judged.ManifestDigest, cancellation),
                judged.ManifestDigest,
                await World.Blobs.VerdictAsync(judged.VerdictDigest, cancellation)),
            ApprovalKeys.Attesters(World.Root, World.Production));
    }

    private Task<Registration> RegisteredAsync()
    {
        new RunWriter(World) { Name = "first", Baseline = null }.Write();
        return RegisterAsync(null);
    }

    private async Task<AttestationAnswer> AttestAsync(AttestRequest request, string key)
    {
        using var signer = ApprovalKeys.Private(Path.Combine(World.Root, "keys", key));
        return await new AttestHandler(World.Project.Model, World.Log, World.Blobs).HandleAsync(request, signer, TestContext.Current.CancellationToken);
    }

    private Task<Registration> RegisterAsync(string? key)
        => new RegisterHandler(World.Project, World.Log, World.Blobs, World.Time).HandleAsync(
            new RegisterRequest
            {
                RunsFolder = World.Runs,
                RunId = "first",
                ProjectRoot = World.Root,
                Bootstrap = true,
                AttestationKey = key is null ? null : Path.Combine(World.Root, "keys", key),
            },
            TestContext.Current.CancellationToken);
}
