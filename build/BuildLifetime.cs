using Cake.Common.Diagnostics;
using Cake.Core;

namespace MlOps.Build;

/// <summary>Says what is built, once.</summary>
public sealed class BuildLifetime : FrostingLifetime<BuildContext>
{
    public override void Setup(BuildContext context, ISetupContext info)
        => context.Information("MlOps.Build: {0} ({1})", info.TargetTask.Name, context.BuildConfiguration);

    public override void Teardown(BuildContext context, ITeardownContext info)
    {
    }
}
