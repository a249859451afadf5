using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Training;

/// <summary>Shows a program's output, neutralised and at most so many lines of it.</summary>
internal sealed class OutputRelay(IProgressLog log, string name)
{
    public const int Limit = 1000;

    private int _lines;

    public void Line(string line)
    {
        var text = OutputNeutraliser.Neutralise(line);
        if (text.Length == 0)
        {
            return;
        }

        _lines++;
        if (_lines <= Limit)
        {
            log.Detail($"{name}| {text}");
        }
        else if (_lines == Limit + 1)
        {
            log.Warn($"{name} prints more than {Limit} lines; the rest is not shown.");
        }
    }
}
