using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Data;

/// <summary>The finding "contaminated" in words.</summary>
internal static class ContaminationSentence
{
    public static Contamination Of(ContaminationResult result, long? rows, long holdout, bool isExact, string why) => new()
    {
        Result = result,
        Rows = rows,
        HoldoutRows = holdout,
        Exact = isExact,
        Sentence = result switch
        {
            ContaminationResult.Clean => $"The champion was trained on none of the {Count(holdout)} rows it is judged on"
                + (isExact ? "." : ", as those rows are today; other rows were added, changed or removed since."),
            ContaminationResult.Contaminated =>
                $"Contaminated: the champion was trained on {Count(rows)} of the {Count(holdout)} rows it is judged on, so it looks better here than it is.",
            _ when rows is null => $"It is not known whether the champion was trained on rows it is judged on: {why}.",
            _ => $"It is not known how many of the {Count(holdout)} rows it is judged on the champion was trained on, at most {Count(rows)}: {why}.",
        },
    };

    private static string Count(long? rows) => string.Create(CultureInfo.InvariantCulture, $"{rows:N0}");
}
