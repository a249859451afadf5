using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;

namespace MlOps.Build.Engine.Tests.Data;

public sealed class SnapshotTests : IDisposable
{
    private static readonly DataConfiguration Data = new() { Source = "data/*.csv", Label = "y" };

    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_snapshot_says_what_is_in_the_files()
    {
        folder.WithCsv("data/b.csv", "x,y", "3,a", ",b").WithCsv("data/a.csv", "x,y", "1,a");

        var snapshot = Take();

        Assert.Equal(["data/a.csv", "data/b.csv"], snapshot.Files.Select(file => file.Path));
        Assert.Equal(Digest.OfFile(folder.At("data/a.csv")), snapshot.Files[0].Digest);
        Assert.Equal(3, snapshot.Rows);
        Assert.Equal(("x", "BIGINT", 1L, "1", "3"), Parts(snapshot.Columns[0]));
        Assert.Equal(("y", "VARCHAR", 0L, "a", "b"), Parts(snapshot.Columns[1]));
        Assert.True(Digest.IsDigest(snapshot.Digest));
    }

    [Fact]
    public void A_snapshot_does_not_depend_on_times_or_on_where_the_project_lies()
    {
        using var elsewhere = new DataFolder();
        folder.WithCsv("data/a.csv", "x,y", "1,a").WithCsv("data/b.csv", "x,y", "2,b");
        elsewhere.WithCsv("data/b.csv", "x,y", "2,b").WithCsv("data/a.csv", "x,y", "1,a");
        File.SetLastWriteTimeUtc(elsewhere.At("data/a.csv"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(Take().Digest, new SnapshotHandler(elsewhere.Root, elsewhere.Settings).Take(Data, Stop).Digest);
    }

    [Theory]
    [InlineData("x,y\n1,a\n2,c\n")]
    [InlineData("x,y\n1,a\n")]
    [InlineData("x,z,y\n1,0,a\n2,0,b\n")]
    [InlineData("x,y\n1,a\n2,b\n\n")]
    public void Any_other_byte_is_another_digest(string text)
    {
        var before = folder.WithText("data/a.csv", "x,y\n1,a\n2,b\n").Refine(Take);

        var after = folder.WithText("data/a.csv", text).Refine(Take);

        Assert.NotEqual(before.Digest, after.Digest);
    }

    [Fact]
    public void Another_name_is_another_digest()
    {
        var before = folder.WithCsv("data/a.csv", "x,y", "1,a").Refine(Take);

        var after = folder.Without("data/a.csv").WithCsv("data/b.csv", "x,y", "1,a").Refine(Take);

        Assert.NotEqual(before.Digest, after.Digest);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void A_snapshot_does_not_depend_on_the_culture(string culture)
    {
        folder.WithCsv("data/i.csv", "x,y", "1234.5,2024-01-31", "-0.25,2024-02-01");
        var invariant = Take();
        var previous = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new(culture);

            Assert.Equal(invariant.Digest, Take().Digest);
            Assert.Equal("1234.5", invariant.Columns[0].Maximum);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = previous;
        }
    }

    [Fact]
    public void The_lock_file_holds_one_line_for_each_dataset()
    {
        folder.WithCsv("data/b.csv", "x,y", "1,a").WithCsv("other/a.csv", "x,y", "2,b");
        var handler = new SnapshotHandler(folder.Root, folder.Settings);

        var second = handler.Handle(Data, Stop).Document;
        var first = handler.Handle(Data with { Source = "Other/../other/a.csv" }, Stop).Document;

        Assert.Equal(
            ["{", "  \"schema\": \"mlops/lock/1\",", "  \"datasets\": {", $"    \"Other/../other/a.csv\": \"{first.Digest}\",", $"    \"data/*.csv\": \"{second.Digest}\"", "  }", "}", ""],
            File.ReadAllText(folder.At("mlops.lock.json")).ReplaceLineEndings("\n").Split('\n'));
        Assert.Equal(second.Digest, LockFile.DigestOf(folder.Root, "data/*.csv"));
    }

    [Fact]
    public void A_lock_that_says_so_already_is_left_alone()
    {
        folder.WithCsv("data/a.csv", "x,y", "1,a");
        var handler = new SnapshotHandler(folder.Root, folder.Settings);
        handler.Handle(Data, Stop);
        var old = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(folder.At("mlops.lock.json"), old);

        handler.Handle(Data, Stop);

        Assert.Equal(old, File.GetLastWriteTimeUtc(folder.At("mlops.lock.json")));
    }

    [Fact]
    public void A_lock_with_a_merge_conflict_is_not_overwritten()
    {
        folder.WithCsv("data/a.csv", "x,y", "1,a").WithText("mlops.lock.json", "{\n<<<<<<< ours\n");

        var problem = Assert.Throws<ProblemException>(
            () => new SnapshotHandler(folder.Root, folder.Settings).Handle(Data, Stop)).Problem;

        Assert.Equal("MLO2001", problem.Code);
        Assert.Contains("<<<<<<<", File.ReadAllText(folder.At("mlops.lock.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_many_columns_is_looked_at_in_several_passes()
    {
        folder.WithQuery("data/a.csv", "SELECT " + string.Join(", ", Enumerable.Range(0, 450).Select(i => $"{i} AS c{i}")) + ", 1 AS y");

        var snapshot = Take();

        Assert.Equal(451, snapshot.Columns.Length);
        Assert.Equal("449", snapshot.Columns[449].Maximum);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static (string Name, string Type, long Nulls, string? Minimum, string? Maximum) Parts(SnapshotColumn column)
        => (column.Name, column.Type, column.Nulls, column.Minimum, column.Maximum);

    private Snapshot Take() => new SnapshotHandler(folder.Root, folder.Settings).Take(Data, Stop);
}

internal static class Refinement
{
    /// <summary>Goes on with what another part of a test does.</summary>
    public static T Refine<T>(this DataFolder folder, Func<T> next)
    {
        _ = folder;
        return next();
    }
}
