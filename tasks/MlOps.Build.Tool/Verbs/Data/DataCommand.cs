using System.CommandLine;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Tool.Application;

namespace MlOps.Build.Tool.Verbs.Data;

/// <summary><c>mlops data snapshot|validate|split|sample</c>.</summary>
internal static class DataCommand
{
    private static readonly Option<string> Out = new("--out") { Description = "The folder to write to.", DefaultValueFactory = _ => ".mlops/data" };

    private static readonly Option<long?> Rows = new("--rows") { Description = "Rows of a sample; otherwise `sample.rows` of mlops.yml." };

    private static readonly Option<long?> Seed = new("--seed") { Description = "Seed of the first sample; otherwise `train.seed` of mlops.yml." };

    public static VerbCommand Create(ToolHost host)
        => new VerbCommand("data", "Identifies, checks, splits and samples the dataset.").With(
            new VerbCommand("snapshot", "Identifies the data by a digest and notes it in mlops.lock.json.")
            {
                Examples = ["mlops data snapshot", "mlops data snapshot --output json"],
                Exits = [ExitCode.Ok, ExitCode.Unavailable],
            }.Answers(host, (context, stop) => Work(() => Snapshots(context).Handle(context.Configuration().Data, stop)), DataPages.Snapshot),
            new VerbCommand("validate", "Checks the data against their contract and for what usually goes wrong.")
            {
                Examples = ["mlops data validate", "mlops data validate --output markdown"],
                Exits = [ExitCode.Ok, ExitCode.No, ExitCode.Unavailable],
            }.Answers(host, (context, stop) => Work(() => Validate(context, stop)), DataPages.Validation),
            new VerbCommand("split", "Writes the training, validation and holdout files of a release.")
            {
                Examples = ["mlops data split", "mlops data split --out data/parts"],
                Exits = [ExitCode.Ok, ExitCode.Unavailable],
            }.With(Out).Answers(host, (context, stop) => Work(() => Handler(context).Split(context.Configuration(), Folder(context), stop)), DataPages.Split),
            new VerbCommand("sample", "Writes the training samples of a pull request.")
            {
                Examples = ["mlops data sample", "mlops data sample --rows 5000 --seed 7 --out data/sample"],
                Exits = [ExitCode.Ok, ExitCode.Unavailable],
            }.With(Out, Rows, Seed).Answers(
                host,
                (context, stop) => Work(() => Handler(context).Sample(
                    context.Configuration(), Folder(context), context.Value(Rows), context.Value(Seed), stop)),
                DataPages.Sample));

    private static Answer<DataValidation> Validate(VerbContext context, CancellationToken stop)
    {
        var project = context.Configuration();
        var snapshot = Snapshots(context).Take(project.Data, stop);
        return new ValidateHandler(context.ProjectRoot, Settings(context))
            .Handle(DataPlan.Of(project, RunMode.Full, snapshot.Digest), stop);
    }

    private static SnapshotHandler Snapshots(VerbContext context) => new(context.ProjectRoot, Settings(context));

    private static DataHandler Handler(VerbContext context) => new(context.ProjectRoot, Settings(context), context.Progress);

    private static DataSettings Settings(VerbContext context)
        => DataSettings.From(context.Host.Environment, new StateFolder(context.ProjectRoot).Scratch);

    private static string Folder(VerbContext context) => Path.GetFullPath(context.Value(Out)!, context.ProjectRoot);

    private static Task<Answer<T>> Work<T>(Func<Answer<T>> work)
        where T : class, IDocument
        => Task.Run(work);
}
