namespace MlOps.Build.Engine.Registry;

/// <summary>Is told between every two steps that change the world; tests end the process there.</summary>
public interface IStepProbe
{
    /// <summary>The process stands between two steps.</summary>
    Task ReachedAsync(string place);
}

internal static class StepProbe
{
    public static Task AtAsync(this IStepProbe? probe, string place) => probe?.ReachedAsync(place) ?? Task.CompletedTask;
}
