using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.Tests.Harness;

/// <summary>What the code under test compiles against. Nothing is downloaded: the assemblies are those of this project.</summary>
internal static class MlNet
{
    public static readonly ImmutableArray<MetadataReference> Without = [.. Basic.Reference.Assemblies.Net100.References.All];

    public static readonly ImmutableArray<MetadataReference> With =
    [
        .. Without,
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "Microsoft.ML*.dll")
            .Order(StringComparer.Ordinal)
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)),
    ];
}
