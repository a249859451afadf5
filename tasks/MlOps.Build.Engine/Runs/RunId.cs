namespace MlOps.Build.Engine.Runs;

/// <summary>The id of a run: a ULID, so that ids sort by time.</summary>
public static class RunId
{
    public static string New(TimeProvider time) => Ulid.NewUlid(time.GetUtcNow()).ToString();

    public static bool IsRunId(string text) => text.Length == 26 && Ulid.TryParse(text, out _);
}
