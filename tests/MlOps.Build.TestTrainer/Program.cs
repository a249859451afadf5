using MlOps.Build.Contracts;
using MlOps.Build.TestTrainer;

// With arguments: a mode and nothing else, for tests of processes. Otherwise the trainer protocol, with a scorer that has
// an opinion of its own where `--scorer <mode>` says so; see README.md.
if (args is [var mode, ..] && mode != "--scorer")
{
    return Misbehaviour.Run(mode, args[1..]);
}

var path = Environment.GetEnvironmentVariable("MLOPS_REQUEST")!;
var head = File.ReadAllText(path);
return head.Contains(TrainRequest.SchemaId, StringComparison.Ordinal)
    ? Trainer.Run(Documents.Read<TrainRequest>(path))
    : Scorer.Run(Documents.Read<ScoreRequest>(path), args is [_, var own] ? own : null);
