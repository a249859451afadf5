using MlOps.Build.Analyzers.Security;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Security.UnverifiedModelAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Security.FixedPathFix>;

namespace MlOps.Build.Analyzers.Tests.Security;

public sealed class UnverifiedModelTests
{
    [Theory]
    [InlineData("_ = [|ml.Model.Load(await http.GetStreamAsync(url), out _)|];")]
    [InlineData("_ = [|ml.Model.Load(await http.GetStreamAsync(url).ConfigureAwait(false), out _)|];")]
    [InlineData("_ = [|ml.Model.Load(http.GetStreamAsync(url).Result, out _)|];")]
    [InlineData("_ = [|ml.Model.Load(http.GetStreamAsync(url).GetAwaiter().GetResult(), out _)|];")]
    [InlineData("await using var s = await http.GetStreamAsync(url); _ = [|ml.Model.LoadWithDataLoader(s, out _)|];")]
    [InlineData("var bytes = await http.GetByteArrayAsync(url); _ = [|ml.Model.Load(new MemoryStream(bytes), out _)|];")]
    [InlineData("var r = await http.GetAsync(url); _ = [|ml.Model.Load(await r.Content.ReadAsStreamAsync(), out _)|];")]
    [InlineData("var r = await http.GetAsync(url); using var z = new GZipStream(r.Content.ReadAsStream(), CompressionMode.Decompress); _ = [|ml.Model.Load(z, out _)|];")]
    [InlineData("var m = new MemoryStream(); await (await http.GetStreamAsync(url)).CopyToAsync(m); m.Position = 0; _ = [|ml.Model.Load(m, out _)|];")]
    [InlineData("await File.WriteAllBytesAsync(path, await http.GetByteArrayAsync(url)); _ = [|ml.Model.Load(path, out _)|];")]
    [InlineData("File.WriteAllBytes(\"m.zip\", await http.GetByteArrayAsync(url)); _ = [|ml.Model.Load(\"m.zip\", out _)|];")]
    [InlineData("using (var f = File.Create(path)) { await (await http.GetStreamAsync(url)).CopyToAsync(f); } _ = [|ml.Model.Load(path, out _)|];")]
    [InlineData("using (var f = new FileStream(path, FileMode.Create)) { await (await http.GetStreamAsync(url)).CopyToAsync(f); } _ = [|ml.Model.Load(path, out _)|];")]
    [InlineData("_ = [|ml.Model.Load(form.OpenReadStream(), out _)|];")]
    [InlineData("var r = await http.GetAsync(url); using (var f = File.Create(path)) { await r.Content.CopyToAsync(f); } _ = [|ml.Model.Load(path, out _)|];")]
    [InlineData("var m = new MemoryStream(); await (await http.GetAsync(url)).Content.CopyToAsync(m); _ = [|ml.Model.Load(m, out _)|];")]
    [InlineData("_ = [|ml.Model.Load(request.Body, out _)|];")]
    [InlineData("new System.Net.WebClient().DownloadFile(url, path); _ = [|ml.Model.Load(path, out _)|];")]
    [InlineData("Task.Run(() => SHA256.HashData(new byte[1])); _ = [|ml.Model.Load(await http.GetStreamAsync(url), out _)|];")]
    [InlineData("Task.Run(async () => [|ml.Model.Load(await http.GetStreamAsync(url), out _)|]); Task.Run((Func<int>)(() => SHA256.HashData(new byte[1]).Length));")]
    public Task A_model_from_the_network_is_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("_ = ml.Model.Load(path, out _);")]
    [InlineData("_ = ml.Model.Load(File.OpenRead(path), out _);")]
    [InlineData("_ = ml.Model.Load(given, out _);")]
    [InlineData("_ = ml.Model.Load(new MemoryStream(), out _);")]
    [InlineData("await http.GetByteArrayAsync(url); _ = ml.Model.Load(path, out _);")]
    [InlineData("File.WriteAllBytes(\"other.zip\", await http.GetByteArrayAsync(url)); _ = ml.Model.Load(path, out _);")]
    [InlineData("_ = ml.Model.Load(path, out _); File.WriteAllBytes(path, await http.GetByteArrayAsync(url));")]
    [InlineData("var bytes = await http.GetByteArrayAsync(url); if (Convert.ToHexString(SHA256.HashData(bytes)) != digest) return; _ = ml.Model.Load(new MemoryStream(bytes), out _);")]
    [InlineData("var s = await http.GetStreamAsync(url); Check(s); _ = ml.Model.Load(s, out _);")]
    [InlineData("File.WriteAllBytes(path, await http.GetByteArrayAsync(url)); var own = path; CheckFile(own); _ = ml.Model.Load(path, out _);")]
    [InlineData("var m = new MemoryStream(); await m.CopyToAsync(given); _ = ml.Model.Load(m, out _);")]
    [InlineData("var m = new MemoryStream(); await (await http.GetAsync(url)).Content.CopyToAsync(m); _ = ml.Model.Load(given, out _);")]
    [InlineData("var m = new MemoryStream(); given.CopyTo(m); _ = ml.Model.Load(m, out _);")]
    [InlineData("Action check = () => SHA256.HashData(new byte[1]); check(); _ = ml.Model.Load(await http.GetStreamAsync(url), out _);")]
    [InlineData("_ = Task.Run(async () => { SHA256.HashData(new byte[1]); _ = ml.Model.Load(await http.GetStreamAsync(url), out _); });")]
    [InlineData("SHA256.HashData(new byte[1]); _ = Task.Run(async () => ml.Model.Load(await http.GetStreamAsync(url), out _));")]
    public Task A_checked_model_or_one_from_elsewhere_is_quiet(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("[MlOps.Build.Annotations.VerifiesModel]", "")]
    [InlineData("", "[MlOps.Build.Annotations.VerifiesModel]")]
    public Task Code_that_is_marked_as_verifying_is_quiet(string type, string method) => Rule.Says(
        Around("_ = ml.Model.Load(await http.GetStreamAsync(url), out _);", type, method));

    [Fact]
    public async Task The_message_names_the_call_the_danger_and_the_remedy()
    {
        var finding = Assert.Single(await new Code((Code.FileName, Around(
            "_ = ml.Model.Load(await http.GetStreamAsync(url), out _);"))).Findings<UnverifiedModelAnalyzer>());

        Assert.Equal(
            "'Load' loads what came over the network unchecked, and a model decides what is answered and which assemblies are loaded. "
            + "Compare its SHA-256 with that of the registry first.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "ml.Model.Load(await http.", "ml.Model.Load(new MemoryStream(", "var s = new MemoryStream(s); ml.Model.Load(s, out _);", "var m = new MemoryStream(); m.CopyTo(m); ml.Model.Load(m, out _);", "File.WriteAllBytes(path, ; ml.Model.Load(path, out _);" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<UnverifiedModelAnalyzer>();
        }
    }

    private static string Around(string body, string type = "", string method = "") =>
        $$"""
        using System.IO;
        using System.IO.Compression;
        using System.Net.Http;
        using System.Security.Cryptography;

        {{type}}
        class C
        {
            {{method}}
            async Task M(
                MLContext ml, HttpClient http, string url, string path, Stream given, string digest,
                Microsoft.AspNetCore.Http.IFormFile form, Microsoft.AspNetCore.Http.HttpRequest request)
            {
                await Task.Yield();
                {{body}}
            }

            void Check(Stream model) { }
            void CheckFile(string path) { }
        }

        namespace Microsoft.AspNetCore.Http
        {
            public interface IFormFile { System.IO.Stream OpenReadStream(); }
            public abstract class HttpRequest { public abstract System.IO.Stream Body { get; } }
        }

        namespace MlOps.Build.Annotations
        {
            public sealed class VerifiesModelAttribute : System.Attribute { }
        }
        """;
}
