using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>How the label of a file is read.</summary>
/// <param name="Column">Read as <see cref="bool"/>, <see cref="float"/> or text, as the task wants it.</param>
/// <param name="Where">The rows that have one.</param>
internal sealed record LabelPlan(ColumnPlan Column, string Where)
{
    /// <summary>The plan for a task.</summary>
    /// <exception cref="ProblemException">MLO2229: the label is absent or does not fit the task.</exception>
    public static LabelPlan For(ModelTask task, string label, ParquetFile file)
    {
        var source = file.Columns.FirstOrDefault(column => string.Equals(column.Name, label, StringComparison.Ordinal))
            ?? throw Refuse(label, $"'{Path.GetFileName(file.Path)}' has no such column.");
        var present = $"WHERE {source.Quoted} IS NOT NULL";
        return task switch
        {
            ModelTask.BinaryClassification => new(Binary(source, file), present),
            ModelTask.Regression when source.ContractType is "int" or "long" or "float" or "double" => new(
                new(source, typeof(float), TrainingContext.LabelColumn),
                $"{present} AND isfinite(CAST({source.Quoted} AS DOUBLE))"),
            ModelTask.Regression => throw Refuse(label, $"It is {source.DuckDbType}; regression wants numbers."),
            _ when source.ReadAs(typeof(string)) is null
                => throw Refuse(label, $"It is {source.DuckDbType}; classes are texts, whole numbers or truth values."),
            _ => new(new(source, typeof(string), TrainingContext.LabelColumn), present),
        };
    }

    /// <summary>The same for rows whose class is one of those given.</summary>
    public LabelPlan OnlyClasses(IEnumerable<string> classes)
    {
        var list = string.Join(
            ", ", classes.Select(name => $"'{name.Replace("'", "''", StringComparison.Ordinal)}'"));
        return this with { Where = $"{Where} AND {Column.Sql} IN ({list})" };
    }

    private static ColumnPlan Binary(SourceColumn source, ParquetFile file)
    {
        var plan = new ColumnPlan(source, typeof(bool), TrainingContext.LabelColumn);
        var (one, zero) = source.ContractType switch
        {
            "bool" => ("true", "false"),
            "int" or "long" or "float" or "double" => ("1", "0"),
            "text" => ("'true'", "'false'"),
            _ => throw Refuse(source.Name, $"It is {source.DuckDbType}; two classes are true/false or 0/1."),
        };
        var value = source.ContractType == "text" ? $"lower({source.Quoted})" : source.Quoted;
        var others = file.Count($"{value} NOT IN ({one}, {zero})");
        return others == 0
            ? plan with { Expression = $"({value} = {one})" }
            : throw Refuse(source.Name, string.Create(
                CultureInfo.InvariantCulture, $"{others} rows have another value than {one} and {zero}."));
    }

    private static ProblemException Refuse(string label, string why)
        => new(new Problem(
            "MLO2229",
            $"The label '{label}' cannot be learned.",
            why,
            "Correct data.label or task in mlops.yml, or make the column true/false, a number or a class name."));
}
