using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Data;

/// <summary>Answers <c>mlops data validate</c>: the data contract, and what usually goes wrong.</summary>
public sealed class ValidateHandler(string projectRoot, DataSettings settings)
{
    /// <summary>Checks a dataset; the answer is no if a check is an error.</summary>
    /// <exception cref="ProblemException">MLO2101 to MLO2106 and MLO2111: the data cannot be read at all.</exception>
    public Answer<DataValidation> Handle(DataPlan plan, CancellationToken cancellationToken = default)
    {
        using var session = new DataSession(settings, cancellationToken);
        var dataset = DatasetReader.Open(session, projectRoot, plan.Data);
        var rules = dataset.Columns.SelectMany(column => RulesOf(column, plan.Data, dataset.Rows));
        DataCheck[] checks =
        [
            .. Unknown(plan.Data, dataset),
            .. new RuleRunner(session, dataset, plan.Data).Run(rules),
            .. KeyRules.Run(session, dataset, plan.Data),
            .. SplitRules.Run(session, dataset, plan),
        ];
        var result = checks.Max(check => check.Result);
        var answer = new DataValidation
        {
            SnapshotDigest = plan.SnapshotDigest,
            Rows = dataset.Rows,
            Columns = dataset.Columns.Count,
            Result = result,
            Checks = [.. checks.OrderByDescending(check => check.Result)],
        };
        return new Answer<DataValidation>(answer, result is CheckResult.Error ? ExitCode.No : ExitCode.Ok);
    }

    private static IEnumerable<DataRule> RulesOf(DatasetColumn column, DataConfiguration data, long rows)
        => (data.Expect.TryGetValue(column.Name, out var expectation)
                ? ContractRules.Of(column, expectation, rows)
                : [])
            .Concat(ColumnRules.Of(column, data));

    private static IEnumerable<DataCheck> Unknown(DataConfiguration data, Dataset dataset)
        => data.Expect.Keys
            .Where(name => dataset.Columns.All(column => column.Name != name))
            .Select(name => new DataCheck
            {
                Check = "column",
                Column = name,
                Result = CheckResult.Error,
                Bound = "present",
                Observed = "missing",
                BadRows = dataset.Rows,
                Examples = [],
                Sentence = $"{name}: the data contract names it, the data have no such column. "
                    + DidYouMean.Sentence(name, dataset.Columns.Select(column => column.Name)),
            });
}
