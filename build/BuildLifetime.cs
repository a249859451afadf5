using Cake.Common.Diagnostics;
using Cake.Core;

namespace MlOps.Build;

public sealed class BuildLifetime : FrostingLifetime<BuildContext>
{
    public override void Setup(BuildContext context, ISetupContext info) => context.Information("setup for {0}", info.TargetTask.Name);

    public override void Teardown(BuildContext context, ITeardownContext info) => context.Information("successful: {0}", info.Successful);
}
