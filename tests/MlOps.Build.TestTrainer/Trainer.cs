using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.TestTrainer;

/// <summary>The training side of the protocol.</summary>
internal static class Trainer
{
    public static int Run(TrainRequest request)
    {
        var mode = request.Parameters.GetValueOrDefault("mode")?.Text ?? "copy";
        switch (mode)
        {
            case "exit-3":
                Console.Error.WriteLine("the answer is three");
                return 3;
            case "hang":
                return Misbehaviour.Hang();
            case "deaf":
                Misbehaviour.Deaf();
                return 0;
            case "flood":
                Misbehaviour.Flood();
                break;
            case "eat-memory":
                Misbehaviour.EatMemory();
                break;
            case "fork" or "fork-clean":
                Misbehaviour.Fork(request.Parameters["idFile"].Text!, clean: mode == "fork-clean");
                break;
            case "fork-and-hang":
                Misbehaviour.Fork(request.Parameters["idFile"].Text!, clean: false);
                return Misbehaviour.Hang();
            case "commands":
                Console.WriteLine("now ##vso[task.setvariable variable=x]y and \u001b[31mred\u001b[0m");
                Console.WriteLine("::set-env name=x::y");
                return 4;
            case "environment-file":
                File.WriteAllLines(request.Parameters["file"].Text!, Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}"));
                break;
            case "processes-file":
                File.WriteAllLines(request.Parameters["file"].Text!, OtherProcesses.Seen());
                break;
            case "environment":
                Misbehaviour.PrintVariables();
                return 5;
            case "diverge":
                Report(request, "{\"step\":1,\"metric\":\"validation-loss\",\"value\":0.5}");
                Misbehaviour.Hang(() => Report(request, "{\"step\":2,\"metric\":\"validation-loss\",\"value\":NaN}"));
                break;
            case "no-progress":
                Misbehaviour.Hang(() => Report(request, Steps("validation-auc", 0.6, 0.7, 0.69, 0.69, 0.69, 0.69)));
                break;
            case "bad-events":
                Report(request, "not json\n[]\n{\"step\":\"x\"}\n{\"message\":\"half\"");
                Report(request, "\n{\"step\":1,\"metric\":\"auc\",\"value\":0.7}");
                break;
            case "list":
                ListState(request);
                break;
            default:
                Report(request, Steps("validation-auc", 0.7));
                break;
        }

        WriteModel(request, mode);
        WriteRecord(request, mode);
        return 0;
    }

    private static string Steps(string metric, params double[] values)
        => string.Join('\n', values.Select((value, index)
            => string.Create(CultureInfo.InvariantCulture, $"{{\"step\":{index + 1},\"metric\":\"{metric}\",\"value\":{value}}}")));

    private static void Report(TrainRequest request, string lines)
        => File.AppendAllText(Path.Combine(request.OutputDirectory, "events.jsonl"), lines + "\n");

    private static void WriteModel(TrainRequest request, string mode)
    {
        if (mode == "no-model")
        {
            return;
        }

        var folder = Directory.CreateDirectory(Path.Combine(request.OutputDirectory, "model")).FullName;
        if (mode == "empty-model")
        {
            return;
        }

        var parameters = request.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Where(pair => pair.Key != "scoreMode")
            .Select(pair => $"{pair.Key}={pair.Value}\n");
        Directory.CreateDirectory(Path.Combine(folder, "parts"));
        File.WriteAllText(
            Path.Combine(folder, "parts", "model.txt"),
            string.Create(CultureInfo.InvariantCulture, $"seed={request.Seed}\n{string.Concat(parameters)}"));
        File.WriteAllText(
            Path.Combine(folder, "score-mode.txt"), request.Parameters.GetValueOrDefault("scoreMode")?.Text ?? "copy");
        if (mode == "linked-model")
        {
            File.CreateSymbolicLink(Path.Combine(folder, "link"), "/etc/hostname");
        }
    }

    /// <summary>Writes down every file of the project's state folder that is there while a trainer runs.</summary>
    private static void ListState(TrainRequest request)
    {
        var state = Path.GetDirectoryName(Path.GetDirectoryName(request.OutputDirectory))!;
        var files = Directory.EnumerateFiles(state, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(state, path));
        File.WriteAllLines(Path.Combine(request.OutputDirectory, "seen.txt"), files);
    }

    private static void WriteRecord(TrainRequest request, string mode)
    {
        var path = Path.Combine(request.OutputDirectory, "training.json");
        if (mode == "no-record")
        {
            return;
        }

        var bytes = Documents.Write(new TrainingRecord
        {
            Parameters = request.Parameters,
            TrainRows = 1,
            ValidationRows = 0,
            DroppedRows = 0,
            BestStep = 1,
            Stopped = mode == "no-progress" ? StopReason.NoProgress : StopReason.Completed,
            WallSeconds = 0.1,
            CpuSeconds = 0.1,
            PeakMemoryBytes = 1,
            Frameworks = new Dictionary<string, string> { ["test"] = "1" },
            Features = ["x"],
            InputSchema = [new ColumnSchema("x", "double", Nullable: false)],
            Warnings = [],
        });
        File.WriteAllBytes(path, mode == "bad-record" ? bytes[..(bytes.Length / 2)] : bytes);
    }
}
