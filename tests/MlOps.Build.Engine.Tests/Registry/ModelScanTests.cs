using System.IO.Compression;
using System.Text;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.Engine.Tests.Registry;

public sealed class ModelScanTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Plain_files_are_not_suspicious()
    {
        Write("model.onnx", "bytes");
        Write("vocabulary/words.txt", "a b c");
        Zip("model.zip", ("TransformerChain\\Version.txt", "5.0.1"u8.ToArray()), ("Schema", new byte[5000]));

        Assert.Empty(Kinds());
    }

    [Theory]
    [InlineData("weights.pkl", "x", "pickle")]
    [InlineData("weights.joblib", "x", "pickle")]
    [InlineData("weights.bin", "\u0080\u0004\u0095", "pickle")]
    [InlineData("weights.txt", "\u0080\u0002}q", "pickle")]
    [InlineData("helper.dll", "x", "executable")]
    [InlineData("weights.onnx", "MZ\u0090", "executable")]
    [InlineData("weights", "\u007fELF", "executable")]
    [InlineData("run", "#!/bin/sh", "script")]
    [InlineData("run.ps1", "x", "script")]
    public void Code_is_recognised_by_name_or_by_its_first_bytes(string name, string content, string kind)
    {
        Write(name, Encoding.Latin1.GetBytes(content));

        Assert.Equal([kind], Kinds());
    }

    [Theory]
    [InlineData("data.pkl", "pickle")]
    [InlineData("bin/native.so", "executable")]
    [InlineData("../../escape.txt", "path")]
    [InlineData("/absolute.txt", "path")]
    [InlineData("C:/windows.txt", "path")]
    [InlineData("a/NUL.txt", "path")]
    [InlineData("a/trailing.", "path")]
    [InlineData("a/new\nline", "path")]
    public void What_hides_in_an_archive_is_found(string entry, string kind)
    {
        Zip("model.zip", (entry, "x"u8.ToArray()));

        Assert.Equal([kind], Kinds());
    }

    [Fact]
    public void Two_names_that_differ_in_case_only_are_found()
    {
        Zip("model.zip", ("Weights", "x"u8.ToArray()), ("weights", "y"u8.ToArray()));

        Assert.Equal(["path"], Kinds());
    }

    [Fact]
    public void A_symbolic_link_is_found_even_when_it_is_a_folder()
    {
        Write("outside.txt", "x");
        Directory.CreateDirectory(folder.At("model"));
        File.CreateSymbolicLink(folder.At("model", "file.txt"), folder.At("outside.txt"));
        Directory.CreateSymbolicLink(folder.At("model", "folder"), folder.Path);

        Assert.Equal(["link", "link"], ModelScan.Look(folder.At("model"), new ScanLimits()).Select(finding => finding.Kind));
    }

    [Fact]
    public void A_link_in_an_archive_is_found()
    {
        using (var archive = ZipFile.Open(folder.At("model.zip"), ZipArchiveMode.Create))
        {
            archive.CreateEntry("link").ExternalAttributes = unchecked((int)0xA1FF0000);
        }

        Assert.Equal(["link"], Kinds());
    }

    [Fact]
    public void A_bomb_is_found_by_the_bytes_that_come_out()
    {
        Zip("model.zip", ("zeros", new byte[20_000_000]));

        Assert.Equal(["archive"], Kinds());
    }

    [Fact]
    public void A_file_that_begins_like_an_archive_and_is_none_is_found()
    {
        Write("model.zip", [(byte)'P', (byte)'K', 3, 4, 0, 0]);

        Assert.Equal(["archive"], Kinds());
    }

    [Fact]
    public void Too_many_and_too_large_files_are_found()
    {
        Write("a", new byte[10]);
        Write("b", new byte[10]);

        var findings = ModelScan.Look(folder.Path, new ScanLimits { Files = 1, Bytes = 15 });

        Assert.Equal(["size", "size"], findings.Select(finding => finding.Kind));
    }

    [Fact]
    public void Nothing_that_could_lead_out_of_the_package_can_be_accepted()
        => Assert.Equal(["pickle", "executable", "script"], ModelScan.Acceptable);

    private IEnumerable<string> Kinds() => ModelScan.Look(folder.Path, new ScanLimits()).Select(finding => finding.Kind);

    private void Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    private void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.At(name))!);
        File.WriteAllBytes(folder.At(name), content);
    }

    private void Zip(string name, params (string Entry, byte[] Content)[] entries)
    {
        using var archive = ZipFile.Open(folder.At(name), ZipArchiveMode.Create);
        foreach (var (entry, content) in entries)
        {
            using var stream = archive.CreateEntry(entry).Open();
            stream.Write(content);
        }
    }
}
