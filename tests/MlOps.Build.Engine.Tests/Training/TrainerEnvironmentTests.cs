using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Tests.Training;

public class TrainerEnvironmentTests
{
    private static readonly Dictionary<string, string> Everything = new()
    {
        ["PATH"] = "/bin",
        ["HOME"] = "/home/ana",
        ["TMPDIR"] = "/tmp",
        ["LANG"] = "tr_TR.UTF-8",
        ["LC_ALL"] = "C",
        ["DOTNET_ROOT"] = "/dotnet",
        ["NUGET_PACKAGES"] = "/packages",
        ["HTTPS_PROXY"] = "http://proxy",
        ["GITHUB_TOKEN"] = "x",
        ["GITHUB_ENV"] = "x",
        ["INPUT_TOKEN"] = "x",
        ["AZURE_CLIENT_SECRET"] = "x",
        ["SYSTEM_ACCESSTOKEN"] = "x",
        ["ENDPOINT_AUTH_X"] = "x",
        ["SECRET_X"] = "x",
        ["ACTIONS_RUNTIME_TOKEN"] = "x",
        ["AWS_SECRET_ACCESS_KEY"] = "x",
        ["LD_PRELOAD"] = "x",
    };

    [Fact]
    public void A_trainer_gets_what_is_allowed_and_the_request()
    {
        var passed = TrainerEnvironment.ForTrainer(Everything, "/run/request.json");

        Assert.Equal(
            ["DOTNET_NOLOGO", "DOTNET_ROOT", "HOME", "LANG", "LC_ALL", "MLOPS_REQUEST", "PATH", "TMPDIR"],
            passed.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("/run/request.json", passed["MLOPS_REQUEST"]);
    }

    [Fact]
    public void A_build_gets_feeds_and_proxies_and_no_secret()
    {
        var passed = TrainerEnvironment.ForBuild(Everything);

        Assert.Contains("NUGET_PACKAGES", passed.Keys);
        Assert.Contains("HTTPS_PROXY", passed.Keys);
        Assert.DoesNotContain("x", passed.Values);
        Assert.Equal("1", passed["MSBUILDDISABLENODEREUSE"]);
    }

    [Fact]
    public void The_key_covers_what_may_change_a_result_and_not_where_things_lie()
        => Assert.Equal(
            ["DOTNET_ROOT=/dotnet", "LANG=tr_TR.UTF-8", "LC_ALL=C", "PATH=/bin"], TrainerEnvironment.ForKey(Everything));
}
