using MlOps.Build.Contracts;

namespace MlOps.Build.Serving;

/// <summary>Everything <c>/score</c> refuses a request for.</summary>
internal static class RequestProblems
{
    public static RequestProblem NoModel(HealthReason? reason)
        => new(
            503,
            "MLO2755",
            "There is no model to answer with.",
            reason is null ? "No deployment was read yet." : $"{reason.Code}: {reason.What} {reason.Why}",
            reason?.Fix ?? "Try again in a second; GET /mlops/health says why it stays so.");

    public static RequestProblem NotReadable(IReadOnlyList<InputFault> faults)
        => new(
            400,
            "MLO2756",
            "The rows could not be read.",
            faults[0].Pointer.Length == 0 ? faults[0].Detail : $"{faults[0].Pointer}: {faults[0].Detail}",
            "Send one object or an array of objects as GET /openapi/v1.json describes them.")
        { Faults = faults };

    public static RequestProblem TooManyRows(int rows, int maximum)
        => new(
            413,
            "MLO2757",
            "The request is too large.",
            $"It has more than {maximum} rows (at least {rows}).",
            "Send fewer rows at a time, or raise the setting `Mlops:MaximumRows`.");

    public static RequestProblem TooManyBytes(int maximum)
        => new(
            413,
            "MLO2757",
            "The request is too large.",
            $"Its body has more than {maximum} bytes.",
            "Send fewer rows at a time, or raise the setting `Mlops:MaximumBodyBytes`.");

    public static RequestProblem TooSlow(TimeSpan limit)
        => new(
            408,
            "MLO2757",
            "The request took too long to arrive.",
            FormattableString.Invariant($"Its body was not complete after {limit.TotalSeconds} seconds."),
            "Send fewer rows at a time, or raise the setting `Mlops:BodyTimeout`.");

    public static RequestProblem NotJson(string? contentType)
        => new(
            415,
            "MLO2758",
            "The request is not JSON.",
            $"Its content type is '{contentType}'.",
            "Send the header `Content-Type: application/json`.");

    public static RequestProblem NotFinite(int row, string member)
        => new(
            500,
            "MLO2759",
            "The model gave no usable answer.",
            $"Row {row}: '{member}' is not a finite number.",
            "Check this row's values against the training data; if they are ordinary, roll back with `mlops rollback`.");

    public static RequestProblem Failed()
        => new(
            500,
            "MLO2759",
            "The model gave no usable answer.",
            "Scoring threw an exception; it is in the service's log.",
            "Read the log of the service; if other rows fail too, roll back with `mlops rollback`.");
}
