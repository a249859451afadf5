using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using MlOps.Build.Engine.Data;

namespace MlOps.Build.Engine.Tests.Data;

public sealed class XxHash64FunctionTests
{
    private static readonly DataSettings Settings = new() { WorkDirectory = Path.GetTempPath() };

    public static TheoryData<string, string, string> Vectors
    {
        get
        {
            using var golden = Golden();
            var data = new TheoryData<string, string, string>();
            foreach (var vector in golden.RootElement.GetProperty("vectors").EnumerateArray())
            {
                data.Add(
                    vector.GetProperty("key").GetString()!,
                    vector.GetProperty("xxh64_seed0").GetString()!,
                    vector.GetProperty("xxh64_seed42").GetString()!);
            }

            return data;
        }
    }

    internal static JsonDocument Golden()
        => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "sampling.json")));

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Hashes_are_those_of_the_golden_vectors(string key, string seed0, string seed42)
    {
        using var session = new DataSession(Settings, default);

        var found = session.Row(
            $"SELECT xxh64({Sql.Text(key)}, {Sql.Hash(0)}), xxh64({Sql.Text(key)}, {Sql.Hash(42)})",
            row => (Hex(row.GetValue(0)), Hex(row.GetValue(1))));

        Assert.Equal((seed0, seed42), found);
    }

    [Fact]
    public void Long_short_and_missing_texts_of_many_vectors_are_hashed_by_value()
    {
        using var session = new DataSession(Settings, default);
        var expected = Enumerable.Range(0, 10_000)
            .Where(i => i % 7 != 0)
            .Aggregate(UInt128.Zero, (sum, i) => sum + XxHash64.HashToUInt64(
                Encoding.UTF8.GetBytes(new string('é', i % 40) + i.ToString(CultureInfo.InvariantCulture)), -1));

        var found = session.Row(
            $"""
            SELECT sum(xxh64(CASE WHEN i % 7 <> 0 THEN repeat('é', i % 40) || i END, {Sql.Hash(ulong.MaxValue)}))::VARCHAR
            FROM range(10000) t(i)
            """,
            row => row.GetString(0));

        Assert.Equal(expected.ToString(CultureInfo.InvariantCulture), found);
    }

    [Fact]
    public void A_missing_text_has_no_hash()
    {
        using var session = new DataSession(Settings, default);

        Assert.True(session.Row($"SELECT xxh64(NULL, {Sql.Hash(1)}) IS NULL", row => row.GetBoolean(0)));
    }

    private static string Hex(object value) => ((ulong)value).ToString("x16", CultureInfo.InvariantCulture);
}
