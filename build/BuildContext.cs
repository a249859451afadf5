using Cake.Common;
using Cake.Core;

namespace MlOps.Build;

public sealed class BuildContext : FrostingContext
{
    public BuildContext(ICakeContext context)
        : base(context)
    {
        BuildConfiguration = context.Argument("configuration", "Release");
    }

    public string BuildConfiguration { get; }
}
