namespace MlOps.Build.Contracts;

/// <summary>A failure the user can act on; anything else that is thrown is a bug.</summary>
/// <param name="Code">The stable id, documented at <c>docs/errors/{Code}.md</c>.</param>
/// <param name="What">What did not happen.</param>
/// <param name="Why">What was found instead.</param>
/// <param name="Fix">The one thing to do next.</param>
public sealed record Problem(string Code, string What, string Why, string Fix)
{
    /// <summary>What the process returns.</summary>
    public ExitCode Exit { get; init; } = ExitCode.Usage;

    /// <summary>The place in a file that is to blame, if any.</summary>
    public SourcePlace? Place { get; init; }

    /// <summary>The problem as a document.</summary>
    public ProblemDocument ToDocument() => new()
    {
        Code = Code,
        What = What,
        Why = Why,
        Fix = Fix,
        File = Place?.File,
        Line = Place?.Line,
        Column = Place?.Column,
        ExitCode = (int)Exit,
    };
}

/// <summary>A place in a text file; lines and columns count from 1.</summary>
public sealed record SourcePlace(string File, int Line, int Column);

/// <summary>Carries a <see cref="Problem"/> to the one place that prints it.</summary>
public sealed class ProblemException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ProblemException(Problem problem, Exception? cause = null)
        : base(problem.What, cause) => Problem = problem;

    /// <summary>The problem to print.</summary>
    public Problem Problem { get; }
}

/// <summary>What the process says to a script.</summary>
public enum ExitCode
{
    /// <summary>Done, or the answer is yes (pass, warn).</summary>
    Ok = 0,

    /// <summary>The answer is no: gate failed, drift found, audit broken.</summary>
    No = 1,

    /// <summary>The command line or a configuration file is wrong.</summary>
    Usage = 2,

    /// <summary>Something needed is missing or unreachable; worth a retry.</summary>
    Unavailable = 3,

    /// <summary>The evidence does not decide.</summary>
    CannotTell = 4,

    /// <summary>Integrity or approval does not hold.</summary>
    Refused = 5,

    /// <summary>A bug in mlops.</summary>
    Bug = 70,

    /// <summary>Cancelled by the user or the build server.</summary>
    Cancelled = 130,
}

/// <summary>A <see cref="Problem"/> as a document: what stdout holds when a verb fails under <c>--output json</c>.</summary>
public sealed record ProblemDocument : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/problem/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The stable id.</summary>
    public required string Code { get; init; }

    /// <summary>What did not happen.</summary>
    public required string What { get; init; }

    /// <summary>What was found instead.</summary>
    public required string Why { get; init; }

    /// <summary>The one thing to do next.</summary>
    public required string Fix { get; init; }

    /// <summary>The file to blame, if any.</summary>
    public required string? File { get; init; }

    /// <summary>Line in the file, from 1.</summary>
    public required int? Line { get; init; }

    /// <summary>Column in the line, from 1.</summary>
    public required int? Column { get; init; }

    /// <summary>What the process returned.</summary>
    public required int ExitCode { get; init; }
}

/// <summary>A verb's answer and what the process says about it.</summary>
/// <typeparam name="T">The document.</typeparam>
/// <param name="Document">What stdout holds under <c>--output json</c>.</param>
/// <param name="Exit">What the process returns.</param>
public sealed record Answer<T>(T Document, ExitCode Exit)
    where T : class, IDocument;
