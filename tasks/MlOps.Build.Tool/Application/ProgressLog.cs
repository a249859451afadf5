using System.Globalization;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Tool.Application;

/// <summary>How much a verb says on stderr.</summary>
internal enum Verbosity
{
    /// <summary>Warnings only.</summary>
    Quiet,

    /// <summary>Steps and warnings.</summary>
    Normal,

    /// <summary>Also the lines of trainers and builds.</summary>
    Verbose,
}

/// <summary>One line a step on stderr, with the time since the start.</summary>
internal sealed class ProgressLog(TextWriter error, TimeProvider time, Verbosity verbosity) : IProgressLog
{
    private readonly long start = time.GetTimestamp();
    private readonly Lock gate = new();

    public void Step(string text)
    {
        if (verbosity > Verbosity.Quiet)
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(start).TotalSeconds,7:0.0} s  {text}"));
        }
    }

    public void Warn(string text) => Write($"warning: {text}");

    public void Detail(string text)
    {
        if (verbosity == Verbosity.Verbose)
        {
            Write($"           {text}");
        }
    }

    private void Write(string line)
    {
        lock (gate)
        {
            error.WriteLine(OutputNeutraliser.Neutralise(SecretRedactor.Redact(line)));
        }
    }
}
