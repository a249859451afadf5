using System;

namespace MlOps.Build.Annotations;

/// <summary>Marks the class of a row that a model reads; analyzers check its members.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class ModelInputAttribute : Attribute;

/// <summary>Marks the class of a row that a model answers with.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class ModelOutputAttribute : Attribute;

/// <summary>
/// Marks code that only looks around (a notebook turned into a class, a spike): rules about reproducibility and
/// tracking stay quiet in it, and nothing in it may register or deploy a model.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class ExplorationAttribute : Attribute;

/// <summary>Marks the method in which a training starts.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TrainingEntryPointAttribute : Attribute;
