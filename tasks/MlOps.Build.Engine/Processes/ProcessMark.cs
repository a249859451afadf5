namespace MlOps.Build.Engine.Processes;

/// <summary>
/// A value in the environment that every descendant inherits, so that a process is recognised also after its parent
/// has ended and it was given to another one. A nested mlops keeps the marks around it.
/// </summary>
internal sealed record ProcessMark(string Id, string Value)
{
    public const string Variable = "MLOPS_PROCESS_ID";

    public static ProcessMark Next(IReadOnlyDictionary<string, string> variables)
    {
        var id = Ulid.NewUlid().ToString();
        return new ProcessMark(id, variables.TryGetValue(Variable, out var outer) ? $"{outer}:{id}" : id);
    }
}
