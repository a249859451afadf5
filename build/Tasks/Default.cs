namespace MlOps.Build.Tasks;

[TaskName("Default")]
[TaskDescription("Runs everything a pull request needs.")]
[IsDependentOn(typeof(Test))]
public sealed class Default : FrostingTask<BuildContext>;
