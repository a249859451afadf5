using MlOps.Build.Engine.Registry;

namespace MlOps.Build.Engine.Tests.Registry;

internal sealed class Probe(Func<string, Task> action) : IStepProbe
{
    public Task ReachedAsync(string place) => action(place);
}
