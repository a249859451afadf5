using Cake.Common;
using Cake.Core.IO;

namespace MlOps.Build.Tasks;

[TaskName("Eyeball")]
[TaskDescription("Prints help, a problem and an answer of the packed tool, for people to look at.")]
[IsDependentOn(typeof(Compile))]
public sealed class Eyeball : FrostingTask<BuildContext>
{
    private static readonly string[] CommandLines =
    [
        "--help", "run --help", "gate --help", "config show --help", "config show --root nowhere", "doctor", "confg",
    ];

    public override void Run(BuildContext context)
    {
        var tool = context.Artifacts.CombineWithFilePath($"bin/MlOps.Build.Tool/{context.BuildConfiguration.ToLowerInvariant()}/mlops.dll");
        foreach (var words in CommandLines)
        {
            System.Console.WriteLine($"\n$ mlops {words}");
            var exit = context.StartProcess("dotnet", new ProcessSettings { Arguments = $"\"{tool}\" {words}", WorkingDirectory = context.Root });
            System.Console.WriteLine($"(exit {exit})");
        }
    }
}
