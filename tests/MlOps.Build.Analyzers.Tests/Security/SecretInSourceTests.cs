using MlOps.Build.Analyzers.Security;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Security.SecretInSourceAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Security.FixedPathFix>;

namespace MlOps.Build.Analyzers.Tests.Security;

public sealed class SecretInSourceTests
{
    // Put together here so that no scanner takes this file for a leak.
    private const string Key = "Zm9vYmFyYmF6" + "Zm9vYmFyYmF6Zm9vYmFy==";

    [Theory]
    [InlineData("_ = new DatabaseSource(f, [!\"Server=db;User ID=sa;Password=Hunter2!\"!], \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, [!\"server=db;uid=sa; PWD = 'x9;1'\"!], \"select 1\", 5);")]
    [InlineData("_ = new DatabaseSource(connectionString: [!\"Server=db;Password=Hunter2!\"!], providerFactory: f, commandText: \"select 1\");")]
    [InlineData("const string cs = \"Server=db;Password=Hunter2!\"; _ = new DatabaseSource(f, [!cs!], \"select 1\");")]
    [InlineData("var cs = \"Server=db;\" + \"Password=Hunter2!\"; _ = new DatabaseSource(f, [!cs!], \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, [!Kept!], \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, [!\"Server=\" + host + \";Password=Hunter2!\"!], \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, [!$\"Server={host};Password=Hunter2!\"!], \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, [!\"Server=db;Integrated Security=false;Password=Hunter2!\"!], \"select 1\");")]
    [InlineData("_ = new MyConnection([!\"Server=db;Password=Hunter2!\"!]);")]
    [InlineData("var c = f.CreateConnection(); c.ConnectionString = [!\"Server=db;Password=Hunter2!\"!];")]
    [InlineData("_ = new MyConnection(\"\") { ConnectionString = [!\"Server=db;Password=Hunter2!\"!] };")]
    [InlineData($"Use([!\"DefaultEndpointsProtocol=https;AccountName=a;AccountKey={Key}\"!]);")]
    [InlineData($"Use([!\"Endpoint=sb://a/;SharedAccessKeyName=n;SharedAccessKey={Key}\"!]);")]
    [InlineData($"_ = new DatabaseSource(f, [!\"AccountKey={Key}\"!], \"select 1\");")]
    [InlineData($"Use([!\"https://a.blob.core.windows.net/data/t.csv?sv=2022-11-02&sp=r&sig=ab%2Bcd{Key}\"!]);")]
    public Task A_secret_is_an_error(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("_ = new DatabaseSource(f, host, \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, \"Server=db;Integrated Security=true\", \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, \"Server=db;Trusted_Connection=yes;Password=ignored1\", \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, \"Server=db;Password=\", \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, \"Server=db;Password=<password>\", \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, \"Server=db;Password=${DB_PASSWORD}\", \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, \"Server=db;Password={0}\", \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, \"Server=db;Password=$(DbPassword)\", \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, \"Server=db;Password=%DB_PASSWORD%\", \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, \"Server=db;Password=***\", \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, \"Server=db;Password=xxxx\", \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, \"Server=db;Password=your_password\", \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, \"Server=db;Password=__PASSWORD__\", \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, $\"Server=db;Password={host}\", \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, \"Server=db;Password=\" + host, \"select 1\");")]
    [InlineData("_ = new DatabaseSource(f, \"Data Source=file.db;Password Policy=x\", \"select 1\");")]
    [InlineData("Use(\"Password=Hunter2!\");")]
    [InlineData("Use(\"AccountKey=<account key of the storage>\");")]
    [InlineData("Use(\"AccountKey=short\");")]
    [InlineData("Use(\"AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==\");")]
    [InlineData("Use(\"https://a/t.csv?sv=2022&sig={signature-of-the-address}\");")]
    [InlineData("Use(\"https://a/t.csv?version=1&sig=abcdefghijklmnopqrstuvwxyz\");")]
    public Task A_placeholder_or_another_text_is_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public async Task A_secret_is_one_in_exploration_too()
    {
        var code = new Code(("/repo/project/explore/Try.cs", Around("_ = new DatabaseSource(f, \"Password=Hunter2!\", \"select 1\");")));

        Assert.Single(await code.Findings<SecretInSourceAnalyzer>());
    }

    [Fact]
    public async Task A_file_that_the_team_names_is_silent()
    {
        var code = new Code(("/repo/project/Fakes.cs", Around("_ = new DatabaseSource(f, \"Password=Hunter2!\", \"select 1\");")))
            .With("/repo/project/.editorconfig", "root = true\n[*.cs]\nMLOPS7001.exclude_files = Fakes.cs\n");

        Assert.Empty(await code.Findings<SecretInSourceAnalyzer>());
    }

    [Fact]
    public async Task The_message_names_the_key_and_the_remedy_and_not_the_secret()
    {
        var finding = Assert.Single(await new Code((Code.FileName, Around(
            "_ = new DatabaseSource(f, \"Server=db;Password=Hunter2!\", \"select 1\");"))).Findings<SecretInSourceAnalyzer>());

        Assert.Equal(
            "'Password' of a data source is written in the code, so everybody who can read a clone or the assembly has it. "
            + "Change it, and read the new one from configuration or a secret store.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "_ = new DatabaseSource(", "_ = new DatabaseSource(f, $\"Password={\"", "var s = s + s; _ = new DatabaseSource(f, s, s);", "c.ConnectionString = ;", "Use(\"AccountKey=" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<SecretInSourceAnalyzer>();
        }
    }

    private static string Around(string body) =>
        $$"""
        class C
        {
            static readonly string Kept = "Server=db;Password=Hunter2!";

            void M(System.Data.Common.DbProviderFactory f, string host)
            {
                {{body}}
            }

            void Use(string text) { }
        }

        class MyConnection(string connectionString) : System.Data.Common.DbConnection
        {
            public override string ConnectionString { get; set; } = connectionString;
            public override string Database => "";
            public override string DataSource => "";
            public override string ServerVersion => "";
            public override System.Data.ConnectionState State => default;
            public override void ChangeDatabase(string databaseName) { }
            public override void Close() { }
            public override void Open() { }
            protected override System.Data.Common.DbTransaction BeginDbTransaction(System.Data.IsolationLevel isolationLevel) => null;
            protected override System.Data.Common.DbCommand CreateDbCommand() => null;
        }
        """;
}
