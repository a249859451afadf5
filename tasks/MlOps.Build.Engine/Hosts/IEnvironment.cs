namespace MlOps.Build.Engine.Hosts;

/// <summary>The environment variables of this process.</summary>
public interface IEnvironment
{
    /// <summary>All variables.</summary>
    IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>A variable, or null.</summary>
    string? Get(string name) => Variables.GetValueOrDefault(name);
}

/// <summary>Where progress, notes and warnings go; never the answer.</summary>
public interface IProgressLog
{
    /// <summary>A step of the work begins or ended.</summary>
    void Step(string text);

    /// <summary>Something a person should know.</summary>
    void Warn(string text);

    /// <summary>A line of a trainer or a build, shown only when asked for.</summary>
    void Detail(string text);
}
