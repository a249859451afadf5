namespace MlOps.Build.Engine.Data;

/// <summary>
/// The seeds of the row key's hash. Each use has its own, so that a sample is not one side of a split: rows with a small
/// hash under one seed have any hash under another.
/// </summary>
internal static class Seeds
{
    /// <summary>Divides rows into parts and orders the files. Never changed: a row would move to another part.</summary>
    public const ulong Split = 0x6d6c6f70732f7370;

    /// <summary>Chooses the rows of a holdout that is larger than its cap.</summary>
    public const ulong Holdout = 0x6d6c6f70732f686f;

    /// <summary>Chooses the validation rows of a pull request.</summary>
    public const ulong Validation = 0x6d6c6f70732f7661;

    /// <summary>Finds ids that stand there twice.</summary>
    public const ulong Unique = 0x6d6c6f70732f756e;

    /// <summary>Chooses a sample.</summary>
    public static ulong Sample(long seed) => unchecked((ulong)seed);
}
