using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>How a check of <c>mlops doctor</c> went.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<DoctorStatus>))]
public enum DoctorStatus
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Works, with a limit.</summary>
    Warning,

    /// <summary>A verb will fail.</summary>
    Missing,
}

/// <summary>What <c>mlops doctor</c> answers: everything a bug report needs.</summary>
public sealed record DoctorAnswer : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/doctor/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The machine and the engine.</summary>
    public required MachineState Machine { get; init; }

    /// <summary>The pipeline host.</summary>
    public required HostState Host { get; init; }

    /// <summary>The checks.</summary>
    public required DoctorCheck[] Checks { get; init; }
}

/// <summary>A check of <c>mlops doctor</c>.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Status">How it went.</param>
/// <param name="Found">What was found.</param>
/// <param name="Fix">What to do, or null.</param>
public sealed record DoctorCheck(string Name, DoctorStatus Status, string Found, string? Fix);
