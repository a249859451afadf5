using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>How long each step took.</summary>
internal sealed class Stopwatches(TimeProvider time)
{
    private readonly List<StepTiming> timings = [];

    public StepTiming[] Timings => [.. timings];

    public T Measure<T>(string step, Func<T> work)
    {
        var start = time.GetTimestamp();
        var result = work();
        Add(step, start);
        return result;
    }

    public async Task<T> MeasureAsync<T>(string step, Func<Task<T>> work)
    {
        var start = time.GetTimestamp();
        var result = await work();
        Add(step, start);
        return result;
    }

    private void Add(string step, long start)
    {
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        var known = timings.FindIndex(timing => timing.Step == step);
        if (known < 0)
        {
            timings.Add(new(step, seconds));
        }
        else
        {
            timings[known] = timings[known] with { Seconds = timings[known].Seconds + seconds };
        }
    }
}
