namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>What all calls of a process may take together.</summary>
internal sealed class RestTime(TimeSpan whole)
{
    private TimeSpan spent;

    public TimeSpan Left => whole > spent ? whole - spent : TimeSpan.Zero;

    public void Spend(TimeSpan time) => spent += time;
}
