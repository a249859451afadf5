using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MlOps.Build.TestTrainer;

/// <summary>What a bad program does, independent of the trainer protocol.</summary>
internal static class Misbehaviour
{
    public static int Run(string mode, string[] arguments)
    {
        switch (mode)
        {
            case "exit":
                return int.Parse(arguments[0], System.Globalization.CultureInfo.InvariantCulture);
            case "echo":
                Console.WriteLine(string.Join('|', arguments));
                return 0;
            case "variables":
                PrintVariables();
                return 0;
            case "processes":
                Console.WriteLine(string.Join('\n', OtherProcesses.Seen()));
                return 0;
            case "read":
                Console.WriteLine("read " + Console.In.ReadToEnd().Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
                return 0;
            case "hang":
                return Hang();
            case "deaf":
                Deaf();
                return 0;
            case "flood":
                Flood();
                return 0;
            case "eat-memory":
                EatMemory();
                return 0;
            case "fork":
                Fork(arguments[0], clean: false);
                return 0;
            case "fork-clean":
                Fork(arguments[0], clean: true);
                Thread.Sleep(1000);
                return 0;
            case "sleep":
                Thread.Sleep(Timeout.Infinite);
                return 0;
            default:
                Console.Error.WriteLine($"no such mode: {mode}");
                return 64;
        }
    }

    public static void PrintVariables()
    {
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            Console.WriteLine($"{entry.Key}={entry.Value}");
        }
    }

    /// <summary>Waits until SIGTERM or the end of stdin; both are polite.</summary>
    public static int Hang(Action? whenListening = null)
    {
        using var asked = new ManualResetEventSlim();
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            asked.Set();
        });
        new Thread(() =>
        {
            _ = Console.In.ReadToEnd();
            asked.Set();
        })
        { IsBackground = true }.Start();
        whenListening?.Invoke();
        Console.WriteLine("hanging");
        asked.Wait();
        Console.WriteLine("asked to stop");
        return 0;
    }

    public static void Deaf()
    {
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        Console.WriteLine("deaf");
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>A gigabyte in lines of a hundred characters.</summary>
    public static void Flood()
    {
        var line = new string('x', 99) + '\n';
        var chunk = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, 10_000)));
        using var output = Console.OpenStandardOutput();
        for (var written = 0L; written < 1L << 30; written += chunk.Length)
        {
            output.Write(chunk);
        }

        output.Write("the end\n"u8);
    }

    public static void EatMemory()
    {
        var all = new List<byte[]>();
        while (true)
        {
            var block = new byte[16 * 1024 * 1024];
            block.AsSpan().Fill(1);
            all.Add(block);
            Thread.Sleep(5);
        }
    }

    /// <summary>Starts a copy of this program that waits forever and writes its id into a file.</summary>
    public static void Fork(string idFile, bool clean)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "MlOps.Build.TestTrainer.dll"));
        }

        start.ArgumentList.Add("sleep");
        if (clean)
        {
            start.Environment.Clear();
        }

        using var child = Process.Start(start)!;
        File.WriteAllText(idFile + ".tmp", child.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        File.Move(idFile + ".tmp", idFile, overwrite: true);
    }
}
