// The build of this repository: ./build.sh --target=Test, on Windows build.cmd; `--description` lists the targets.
// Cake asks exactly the feed that is named here, and the tool manifest says which mlops runs.
#addin "nuget:CAKE-FEED?package=Cake.MlOps&version=0.0.0-packed&prerelease"

const string Solution = "LateFlights.slnx";
var configuration = Argument("configuration", "Release");

Task("Build")
    .Description("Compiles everything.")
    .Does(() => DotNetBuild(Solution, new DotNetBuildSettings { Configuration = configuration }));

Task("Test")
    .Description("Code, data and model behave.")
    .IsDependentOn("Build")
    .Does(() => DotNetTest(Solution, new DotNetTestSettings
    {
        PathType = DotNetTestPathType.Solution,
        Configuration = configuration,
        NoBuild = true,
    }));

Task("Judge")
    .Description("Is this change better than what it joins? --base=main names the branch; in a pull request it is known.")
    .Does(() => MlOpsPr(new MlOpsPrSettings { ToolManifest = true, Base = Argument<string>("base", null) }));

Task("Release")
    .Description("Trains on everything, judges against the champion and registers. --bootstrap admits a first model.")
    .Does(() => MlOpsRelease(new MlOpsReleaseSettings { ToolManifest = true, Bootstrap = HasArgument("bootstrap") }));

Task("Deploy")
    .Description("Puts the released model into --environment=staging.")
    .Does(() => MlOpsDeploy(new MlOpsDeploySettings { ToolManifest = true, Environment = Argument<string>("environment") }));

Task("Status")
    .Description("Says what every environment serves.")
    .Does(() => MlOpsStatus(new MlOpsStatusSettings { ToolManifest = true }));

Task("Default").IsDependentOn("Test");

RunTarget(Argument("target", "Default"));
