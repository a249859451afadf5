namespace MlOps.Build.Contracts.Tests;

public sealed class DigestTests
{
    [Fact]
    public void The_digest_of_nothing_is_the_published_one()
        => Assert.Equal("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Digest.Of(string.Empty));

    [Fact]
    public void A_merkle_root_depends_on_content_and_not_on_order()
    {
        FileDigest a = new("a", 1, Digest.Of("a"));
        FileDigest b = new("b", 1, Digest.Of("b"));

        Assert.Equal(Digest.MerkleRoot([a, b]), Digest.MerkleRoot([b, a]));
        Assert.NotEqual(Digest.MerkleRoot([a, b]), Digest.MerkleRoot([a, b with { Digest = a.Digest }]));
        Assert.NotEqual(Digest.MerkleRoot([a, b]), Digest.MerkleRoot([a, b with { Path = "c" }]));
        Assert.NotEqual(Digest.MerkleRoot([a, b]), Digest.MerkleRoot([a]));
    }

    [Theory]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", true)]
    [InlineData("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855", false)]
    [InlineData("sha256:e3b0", false)]
    [InlineData("../../etc", false)]
    [InlineData(null, false)]
    public void Only_a_digest_looks_like_one(string? text, bool expected) => Assert.Equal(expected, Digest.IsDigest(text));

    [Fact]
    public void A_file_is_replaced_whole_and_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "deep", "x.txt");

        AtomicFile.Write(path, "old");
        AtomicFile.Write(path, "new");

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.Equal(Digest.Of("new"), Digest.OfFile(path));
    }
}
