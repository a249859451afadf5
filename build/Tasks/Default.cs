namespace MlOps.Build.Tasks;

[TaskName("Default")]
[TaskDescription("Runs everything a pull request needs.")]
public sealed class Default : FrostingTask<BuildContext>;
