using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Tool.Application;

/// <summary>The world around one call of <c>mlops</c>; tests make their own.</summary>
public sealed record ToolHost
{
    /// <summary>Stdout: the answer only.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Stderr: progress, notes and problems.</summary>
    public required TextWriter Error { get; init; }

    public required IEnvironment Environment { get; init; }

    public required string WorkingDirectory { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether stdout is a terminal.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>The width of the terminal; 80 where there is none.</summary>
    public int Width { get; init; } = 80;
}
