using System.Runtime.InteropServices;
using System.Text;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Tool.Application;

// The edge: the only file that knows the console, signals and this process.
#pragma warning disable RS0030
OwnProcess.Hide();
using var cancellation = new CancellationTokenSource();
void Cancel(PosixSignalContext context)
{
    context.Cancel = true;
    cancellation.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
if (Environment.GetEnvironmentVariable("MLOPS_CANCEL_WITH_STDIN") == "1")
{
    _ = Task.Run(CancelWithStandardInputAsync);
}

var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
await using var output = new StreamWriter(Console.OpenStandardOutput(), utf8);
await using var error = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true };
if (args is [var verb, ..])
{
    HeadStart.For(verb);
}

return await MlOpsApplication.RunAsync(
    args,
    new ToolHost
    {
        Output = output,
        Error = error,
        Environment = new ProcessEnvironment(),
        WorkingDirectory = Environment.CurrentDirectory,
        IsTerminal = !Console.IsOutputRedirected,
        Width = Console.IsOutputRedirected ? 80 : Console.WindowWidth,
    },
    cancellation.Token);

// Where there are no signals, and where the launcher was killed, stdin ends.
async Task CancelWithStandardInputAsync()
{
    await using var input = Console.OpenStandardInput();
    await input.CopyToAsync(Stream.Null);
    await cancellation.CancelAsync();
}
