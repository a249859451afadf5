using System.Diagnostics;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training.Tests;

/// <summary>The trainer as the engine starts it: a process of its own that is told its request by the environment.</summary>
internal static class TrainerProcess
{
    public static Process Start(TrainerFixture fixture, TrainRequest request)
    {
        var path = Path.Combine(request.OutputDirectory, "..", $"{Path.GetFileName(request.OutputDirectory)}.json");
        AtomicFile.Write(path, request);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "MlOps.Build.Training.Tests.Trainer.dll")])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = fixture["."],
        };
        start.Environment["MLOPS_REQUEST"] = path;
        return Process.Start(start)!;
    }

    public static async Task<int> Run(TrainerFixture fixture, TrainRequest request, CancellationToken cancellationToken)
    {
        using var process = Start(fixture, request);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.Equal(string.Empty, await errors);
        Assert.NotNull(await output);
        return process.ExitCode;
    }
}
