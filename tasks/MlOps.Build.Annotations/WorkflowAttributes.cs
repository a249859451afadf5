using System;

namespace MlOps.Build.Annotations;

/// <summary>Marks a method that begins a tracked run.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor)]
public sealed class StartsRunAttribute : Attribute;

/// <summary>Marks a method that records metrics of a run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LogsMetricsAttribute : Attribute;

/// <summary>Marks a method that puts a model into the registry.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RegistersModelAttribute : Attribute;

/// <summary>Marks a method that brings a model to an environment.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DeploysModelAttribute : Attribute;

/// <summary>Marks a method that gets a model out of the registry by a name and a version.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LoadsModelAttribute : Attribute;

/// <summary>Marks a method that checks a model's digest or signature before it hands the model out.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class VerifiesModelAttribute : Attribute;

/// <summary>Marks a method that only runs after a gate has said yes, although the gate stands in its caller.</summary>
/// <param name="gate">What decides, for the reader.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GatedByAttribute(string gate) : Attribute
{
    /// <summary>What decides.</summary>
    public string Gate { get; } = gate;
}
