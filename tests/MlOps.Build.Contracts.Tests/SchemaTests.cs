using NJsonSchema;

namespace MlOps.Build.Contracts.Tests;

/// <summary>The schemas in <c>docs/schemas</c> are what the records say. Set MLOPS_UPDATE=1 to write them anew.</summary>
public sealed class SchemaTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("MLOPS_UPDATE") == "1";

    public static TheoryData<string> Ids => [.. ContractSchemas.Types.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_schema_in_the_repository_is_the_record(string id)
    {
        var path = Path.Combine(Folder(), ContractSchemas.FileName(id));
        if (Update)
        {
            Directory.CreateDirectory(Folder());
            File.WriteAllText(path, ContractSchemas.Of(id));
        }

        Assert.True(File.Exists(path), $"{path} is missing; run the tests once with MLOPS_UPDATE=1.");
        Assert.Equal(File.ReadAllText(path), ContractSchemas.Of(id));
    }

    [Fact]
    public void No_schema_lies_around_without_a_record()
        => Assert.Equal(
            ContractSchemas.Types.Keys.Select(ContractSchemas.FileName).Order(StringComparer.Ordinal),
            Directory.GetFiles(Folder(), "*.schema.json").Select(Path.GetFileName)
                .Where(name => name != "mlops.schema.json").Order(StringComparer.Ordinal)!);

    [Fact]
    public async Task The_schema_refuses_what_the_reader_refuses()
    {
        var schema = await JsonSchema.FromJsonAsync(ContractSchemas.Of("mlops/problem/1"), TestContext.Current.CancellationToken);
        const string good = """{"schema":"mlops/problem/1","code":"MLO2001","what":"a","why":"b","fix":"c","file":null,"line":1,"column":null,"exitCode":2}""";

        Assert.Empty(schema.Validate(good));
        Assert.NotEmpty(schema.Validate(good.Replace("\"line\":1", "\"line\":\"x\"", StringComparison.Ordinal)));
        Assert.NotEmpty(schema.Validate(good.Replace("\"code\":\"MLO2001\",", string.Empty, StringComparison.Ordinal)));
        Assert.NotEmpty(schema.Validate(good.Replace("problem/1", "problem/2", StringComparison.Ordinal)));
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MlOps.Build.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "docs", "schemas");
    }
}
