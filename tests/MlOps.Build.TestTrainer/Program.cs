using MlOps.Build.Contracts;
using MlOps.Build.TestTrainer;

// With arguments: a mode and nothing else, for tests of processes. Otherwise the trainer protocol; see README.md.
if (args is [var mode, ..])
{
    return Misbehaviour.Run(mode, args[1..]);
}

var path = Environment.GetEnvironmentVariable("MLOPS_REQUEST")!;
var head = File.ReadAllText(path);
return head.Contains(TrainRequest.SchemaId, StringComparison.Ordinal)
    ? Trainer.Run(Documents.Read<TrainRequest>(path))
    : Scorer.Run(Documents.Read<ScoreRequest>(path));
