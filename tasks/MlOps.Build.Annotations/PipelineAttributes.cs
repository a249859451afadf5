using System;

namespace MlOps.Build.Annotations;

/// <summary>Says that the pipeline a method returns adds a column; the schema rules follow it across files.</summary>
/// <param name="name">The column.</param>
/// <param name="type">Its item type; an array type for a vector.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.ReturnValue, AllowMultiple = true)]
public sealed class ProducesColumnAttribute(string name, Type type) : Attribute
{
    /// <summary>The column.</summary>
    public string Name { get; } = name;

    /// <summary>Its item type; an array type for a vector.</summary>
    public Type Type { get; } = type;
}

/// <summary>Says which columns the data or the pipeline of a parameter must have: those of a row class.</summary>
/// <param name="rowType">The row class.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Method)]
public sealed class RequiresColumnsAttribute(Type rowType) : Attribute
{
    /// <summary>The row class.</summary>
    public Type RowType { get; } = rowType;
}
