using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Data;

/// <summary>What data work may use. None of it changes a result.</summary>
public sealed record DataSettings
{
    /// <summary>Where files larger than memory are kept while a query runs.</summary>
    public required string WorkDirectory { get; init; }

    public int Threads { get; init; } = 2;

    public long MemoryBytes { get; init; } = 400L * 1024 * 1024;

    /// <summary>Settings with what <c>MLOPS_DATA_THREADS</c> and <c>MLOPS_DATA_MEMORY</c> (MiB) say.</summary>
    public static DataSettings From(IEnvironment environment, string workDirectory)
    {
        var settings = new DataSettings { WorkDirectory = workDirectory };
        return settings with
        {
            Threads = (int)(Read(environment, "MLOPS_DATA_THREADS") ?? settings.Threads),
            MemoryBytes = Read(environment, "MLOPS_DATA_MEMORY") * 1024 * 1024 ?? settings.MemoryBytes,
        };
    }

    private static long? Read(IEnvironment environment, string name)
        => environment.Get(name) is not { Length: > 0 } text ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 1 << 24
                ? value
                : throw new ProblemException(new Problem(
                    "MLO2113",
                    $"The environment variable {name} could not be read.",
                    $"'{text}' is not a whole number above 0.",
                    $"Set it to a number such as `{name}=512`, or unset it."));
}
