using System;

namespace MlOps.Build.Annotations;

/// <summary>
/// Names the column of the data file that fills this member, where the member's own name does not say it.
/// Without it, letter case, <c>_</c>, <c>-</c> and spaces do not count: <c>DepTime</c> reads <c>dep_time</c>.
/// </summary>
/// <param name="name">The column's name in the data file, exactly.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class DataColumnAttribute(string name) : Attribute
{
    /// <summary>The column's name in the data file.</summary>
    public string Name { get; } = name;
}

/// <summary>
/// Marks a protected property of people (sex, religion, origin). It is never loaded for training or scoring and never a
/// feature; it is only a group of the fairness report. List the column under <c>data.sensitive</c> too.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SensitiveAttribute : Attribute
{
    /// <summary>Why the column may be a feature after all; silences the analyzer and stays in the code for the review.</summary>
    public string? Justification { get; set; }
}

/// <summary>
/// Marks data that identifies a person (e-mail, telephone, name). It must not be logged and must not be a feature
/// unless it was hashed with a key.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class PersonalDataAttribute : Attribute;

/// <summary>
/// Marks the column whose equal values belong together (a patient, a machine): a split must not part them.
/// It is never a feature.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class GroupKeyAttribute : Attribute;

/// <summary>Marks the unique key of a row. It is never a feature: a model would learn the order of the rows by heart.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class RowIdAttribute : Attribute;

/// <summary>Marks the time at which the row's event happened; it orders time splits and is not itself a feature.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class EventTimeAttribute : Attribute;

/// <summary>
/// Marks the answer to predict in a class that has it. A class that is also read by a scoring service has no such
/// member: the service does not know the answer.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class TargetAttribute : Attribute;
